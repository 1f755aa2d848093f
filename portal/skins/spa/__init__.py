"""The single-page face: one shell, hash routes, custom widgets, and no page load after the first."""

TITLE = "Ứng dụng một trang: định tuyến bằng dấu #, điều khiển tự dựng, không tải lại trang"
