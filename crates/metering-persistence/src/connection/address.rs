//! Addresses of PostgreSQL servers: which are allowed, and what is added to them.

use std::net::IpAddr;

use crate::error::{OpenError, Result};

/// Bounds without which a dead network holds a connection for minutes; an operator's own win.
const ADDED: &[(&str, &str)] = &[
    ("connect_timeout", "5"),
    ("keepalives", "1"),
    ("keepalives_idle", "10"),
    ("keepalives_interval", "5"),
    ("keepalives_count", "3"),
    ("tcp_user_timeout", "15000"),
    ("application_name", "metering-server"),
];

/// `url` with bounds for every wait.
///
/// # Errors
/// When it is no address of PostgreSQL, or one of another machine without `sslmode=verify-full`.
pub(super) fn complete(url: &str) -> Result<String> {
    let refuse = |why: &str| Err(OpenError::Address(format!("database_url: {why}")).into());
    let Some(rest) = url.strip_prefix("postgresql://").or_else(|| url.strip_prefix("postgres://")) else {
        return refuse("an address starts with postgresql:// (or is left out, for the embedded database)");
    };
    if rest.contains('#') {
        return refuse("a # must be written %23");
    }
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let authority = place.split_once('/').map_or(place, |(authority, _)| authority);
    let hosts = authority.rsplit_once('@').map_or(authority, |(_, hosts)| hosts);
    let parameters: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect();
    let of = |wanted: &str| parameters.iter().rev().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    if of("service").is_some() {
        return refuse("the parameter service hides where the server is; name the host");
    }
    let named = hosts.split(',').map(|host| decoded(without_port(host)));
    let in_query =
        ["host", "hostaddr"].into_iter().filter_map(of).flat_map(|hosts| hosts.split(',').map(str::to_owned));
    let away = named.chain(in_query).find(|host| !is_this_machine(host));
    if let Some(host) = away.filter(|_| of("sslmode") != Some("verify-full")) {
        return refuse(&format!(
            "{host} is another machine, and data must not travel there in the clear or to an impostor; add sslmode=verify-full and sslrootcert=FILE"
        ));
    }
    let mut complete = url.to_owned();
    for (name, value) in ADDED {
        if of(name).is_none() {
            if !complete.ends_with(['?', '&']) {
                complete.push(if complete.contains('?') { '&' } else { '?' });
            }
            complete.push_str(&format!("{name}={value}"));
        }
    }
    Ok(complete)
}

/// The host of `host:port`; addresses of IPv6 stand in brackets.
fn without_port(host: &str) -> &str {
    match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None => host.split_once(':').map_or(host, |(host, _)| host),
    }
}

/// Whether the host is a socket file, a name of this machine, or one of its own addresses.
fn is_this_machine(host: &str) -> bool {
    host.is_empty()
        || host.starts_with('/')
        || host.starts_with('@')
        || host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// `text` with its percent signs resolved, as the driver does.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digit = |at: usize| tail.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        if let (b'%', Some(high), Some(low)) = (*first, digit(0), digit(1)) {
            bytes.push((high * 16 + low) as u8);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(url: &str) -> Option<String> {
        complete(url).err().map(|error| error.to_string())
    }

    #[test]
    fn another_machine_is_reached_with_a_checked_certificate_only() {
        for url in [
            "postgres://postgres@127.0.0.1:5432/postgres",
            "postgresql://u:p%40w@localhost/x",
            "postgresql:///x?host=/run/postgresql",
            "postgresql://%2Frun%2Fpostgresql/x",
            "postgresql://[::1]:5432/x",
            "postgresql://u@db.example/x?sslmode=verify-full&sslrootcert=/etc/ca.pem",
        ] {
            assert_eq!(refused(url), None, "{url}");
        }
        for url in [
            "postgresql://u@db.example/x",
            "postgresql://u@db.example/x?sslmode=require",
            "postgresql://u@db.example/x?sslmode=verify-full&sslmode=disable",
            "postgresql://localhost,db.example/x",
            "postgresql://localhost/x?host=db.example",
            "postgresql://localhost/x?ho%73t=db.example",
            "postgresql://localhost/x?hostaddr=10.0.0.1",
            "postgresql://127.0.0.1.example/x",
        ] {
            assert!(refused(url).is_some_and(|why| why.contains("verify-full")), "{url}");
        }
        assert!(refused("mysql://localhost/x").is_some());
        assert!(refused("postgresql://localhost/x?service=away").is_some());
    }

    #[test]
    fn waits_are_bounded_unless_the_operator_bounds_them() {
        let url = complete("postgres://localhost/x?connect_timeout=9").unwrap();
        assert!(url.starts_with("postgres://localhost/x?connect_timeout=9&keepalives=1&"), "{url}");
        assert!(url.contains("tcp_user_timeout=15000"));
        for url in ["postgres://localhost/x", "postgres://localhost/x?"] {
            assert!(complete(url).unwrap().contains("/x?connect_timeout=5&"), "{url}");
        }
    }
}
