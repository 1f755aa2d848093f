"""Getting to know a system: the first visit that writes its file (`probe`), the rehearsal of every step (`check`)."""
