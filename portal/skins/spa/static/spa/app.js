// The application: everything is plugged together here.
import { watchForms } from 'spa/forms';
import { pollNotices } from 'spa/notices';
import { start } from 'spa/router';
import { watchIdling } from 'spa/sessions';

watchForms();
watchIdling();
start().then(pollNotices);
