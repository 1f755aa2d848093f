"""What a machine itself adds to an answer: a client of a few lines asks one question after the other.

`python bare_client.py PORT`; when its standard input closes it prints how long each answer took, s. It asks a server
that answers at once, a hundred times a second, each time over a new connection as a new citizen does, and is woken as
early as the generator is.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time

from toantrinh.load.own_pulse import go_first

ASK = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
BETWEEN_S = 0.01


def ask_until(over: threading.Event, port: int) -> list[float]:
    took = []
    while not over.wait(BETWEEN_S):
        began = time.perf_counter()
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.sendall(ASK)
            connection.recv(65536)
            took.append(time.perf_counter() - began)
    return took


if __name__ == "__main__":
    go_first()
    over = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    print(json.dumps(ask_until(over, int(sys.argv[1]))), flush=True)
