//! The whole system, from outside: the real program, real TLS, a real HTTP client.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a test shall fail it")]

mod access;
mod allocations;
mod configuration;
mod docs_page;
mod document_examples;
mod end_device_controls;
mod end_device_events;
mod hostile_bodies;
mod messages;
mod meter_readings;
mod openapi;
mod postgresql;
mod problems;
mod process;
mod replies;
mod security;
mod server;
mod shape;
mod soap;
mod xml;
