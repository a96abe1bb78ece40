DROP TABLE end_device_control_targets;
DROP TABLE end_device_control_steps;
DROP TABLE end_device_controls;
