//! The network side of the metering data exchange server.
