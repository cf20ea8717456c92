create table application_callback (a integer);
