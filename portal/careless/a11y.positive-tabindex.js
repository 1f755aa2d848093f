var send = document.querySelector('form[action="/phan-anh-kien-nghi"] button');
if (send) send.tabIndex = 1;
