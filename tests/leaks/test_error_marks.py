"""Error pages of programs are known by their form; pages that write about them are not."""

from __future__ import annotations

import pytest

from toantrinh.observers.leaks.error_marks import traces_in

ASP = (
    "<html><head><title>Value cannot be null.</title></head><body><span><H1>Server Error in '/' Application.<hr></H1>"
    "<b> Exception Details: </b>System.ArgumentNullException: Value cannot be null.<br><br><b>Stack Trace:</b><pre>"
    "[ArgumentNullException]\n   System.String.Concat() +12\n</pre><b>Version Information:</b>&nbsp;Microsoft .NET "
    "Framework Version:4.0.30319; ASP.NET Version:4.8.4330.0"
)
JAVA = (
    '{"status":500,"trace":"java.lang.NullPointerException\\n\\tat vn.gov.hoso.HoSoController.xem(HoSoController.java:41)'
    '\\n\\tat sun.reflect.GeneratedMethod.invoke(Unknown Source)\\n"}'
)
TOMCAT = "<h1>HTTP Status 500 – Internal Server Error</h1><p><b>Exception</b></p><pre>javax.servlet.ServletException: x</pre><p><b>Root Cause</b> root cause</p><h3>Apache Tomcat/9.0.65</h3>"
DJANGO = "<title>DoesNotExist at /</title><p>You&#x27;re seeing this error because you have <code>DEBUG = True</code> in your Django settings file.</p>"
NODE = "<pre>TypeError: x is undefined<br> &nbsp; &nbsp;at Layer.handle [as handle_request] (/app/node_modules/express/lib/router/layer.js:95:5)<br> &nbsp; &nbsp;at next (/app/index.js:137:13)</pre>"
PHP = "<b>Fatal error</b>:  Uncaught Error: Call to undefined function in <b>/var/www/html/hoso.php</b> on line <b>12</b><br>"
LARAVEL = "<title>🧨 Undefined variable</title><div>Illuminate\\Foundation\\Http\\Kernel</div><p>vendor/laravel/framework/src/Kernel.php</p><script>window.ignite({ignition:1})</script>"

FAQ = (
    "<title>Câu hỏi thường gặp về lỗi hệ thống</title><p>Khi hệ thống báo 'Server Error' hoặc Exception, ORA-lỗi hay stack "
    "trace (vết lỗi), người dùng nên chụp màn hình. NullPointerException là lỗi Java thường gặp. Nếu thấy chữ "
    "Traceback thì báo tổng đài. Lỗi SQL syntax do nhập dấu nháy. Thông báo 'at line 12' không cần lo.</p>"
)


@pytest.mark.parametrize(
    ("source", "name", "kind"),
    [
        (ASP, "ASP.NET", "trace"),
        (JAVA, "Java", "trace"),
        (TOMCAT, "Tomcat", "trace"),
        (DJANGO, "Django", "trace"),
        (NODE, "Node.js", "trace"),
        (PHP, "PHP", "trace"),
        (LARAVEL, "Laravel", "trace"),
        (
            '<pre>Traceback (most recent call last):\n  File "/srv/app.py", line 3, in view\nKeyError</pre>',
            "Python",
            "trace",
        ),
        ("ORA-00933: SQL command not properly ended", "Oracle", "database"),
        (
            "System.Data.SqlClient.SqlException (0x80131904): Incorrect syntax near 'x'.",
            "SQL Server",
            "database",
        ),
        ("SQLSTATE[42S22]: Column not found: Unknown column 'x' (SQL: select 1)", "PDO", "database"),
        ("org.postgresql.util.PSQLException: ERROR: invalid input syntax for integer", "PostgreSQL", "database"),
        ("<h1>HTTP Status 404 – Not Found</h1><h3>Apache Tomcat/9.0.65</h3>", "Tomcat", "default-page"),
        ("<center><h1>404 Not Found</h1></center><hr><center>nginx/1.18.0 (Ubuntu)</center>", "nginx", "default-page"),
        ("<address>Apache/2.4.41 (Ubuntu) Server at cong.example Port 443</address>", "Apache", "default-page"),
    ],
)
def test_error_pages_of_programs_are_known(source: str, name: str, kind: str) -> None:
    found = {trace.name: trace.kind for trace in traces_in(source)}
    assert found.get(name) == kind


@pytest.mark.parametrize(
    "source",
    [
        FAQ,
        "<h1>Không tìm thấy trang</h1><p>Mã lỗi 404. Vui lòng quay lại trang chủ.</p>",
        '{"timestamp":"2026-11-22T08:00:00Z","status":404,"error":"Not Found","path":"/x"}',
        "<h1>Whitelabel Error Page</h1><p>There was an unexpected error (type=Not Found, status=404).</p>",
        "<p>Gặp nhau at Nha.Trang (ở cổng) lúc 8:30:15</p><p>at Da.Nang (phòng 12)</p>",
        "<center><h1>404 Not Found</h1></center><hr><center>nginx</center>",
        "<p>Biểu mẫu A:1:2 (xem phụ lục B:3:4), Nghị định 61: điều 3:4</p>",
    ],
)
def test_pages_that_only_write_about_errors_stay_silent(source: str) -> None:
    assert traces_in(source) == ()


def test_what_a_trace_shows_is_short() -> None:
    (trace,) = traces_in(JAVA * 50)
    assert "HoSoController.java:41" in trace.words and len(trace.words) <= 160
