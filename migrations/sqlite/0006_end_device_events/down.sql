DROP TABLE end_device_events;
