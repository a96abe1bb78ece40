//! Every route with every role: exactly what the table of roles says, and nothing else.

use metering_model::{Permission, Role};

use crate::server::{Backend, Credential, Server};

/// Each route, the permission that opens it, and a body that gets past nothing but the door.
const ROUTES: &[(&str, &str, Permission)] = &[
    ("GET", "/meter-readings", Permission::ReadReadings),
    ("GET", "/meter-readings/latest", Permission::ReadReadings),
    ("GET", "/meter-readings/series", Permission::ReadReadings),
    ("POST", "/meter-readings", Permission::SubmitReadings),
    ("GET", "/end-device-controls", Permission::ReadControls),
    ("GET", "/end-device-controls/x", Permission::ReadControls),
    ("POST", "/end-device-controls", Permission::SubmitControls),
    ("POST", "/end-device-controls/x/cancel", Permission::SubmitControls),
    ("GET", "/end-device-events", Permission::ReadEvents),
    ("GET", "/end-device-events/x", Permission::ReadEvents),
    ("POST", "/end-device-events", Permission::SubmitEvents),
    ("GET", "/end-device-config", Permission::ReadConfiguration),
    ("GET", "/end-device-config/x", Permission::ReadConfiguration),
    ("POST", "/end-device-config", Permission::ConfigureDevices),
    ("PUT", "/end-device-config/x", Permission::ConfigureDevices),
    ("DELETE", "/end-device-config/x", Permission::ConfigureDevices),
    ("GET", "/meter-config", Permission::ReadConfiguration),
    ("GET", "/meter-config/x", Permission::ReadConfiguration),
    ("POST", "/meter-config", Permission::ConfigureDevices),
    ("PUT", "/meter-config/x", Permission::ConfigureDevices),
    ("DELETE", "/meter-config/x", Permission::ConfigureDevices),
    ("GET", "/usage-point-config", Permission::ReadConfiguration),
    ("GET", "/usage-point-config/x", Permission::ReadConfiguration),
    ("POST", "/usage-point-config", Permission::ConfigureUsagePoints),
    ("PUT", "/usage-point-config/x", Permission::ConfigureUsagePoints),
    ("DELETE", "/usage-point-config/x", Permission::ConfigureUsagePoints),
    ("GET", "/com-module-config", Permission::ReadConfiguration),
    ("GET", "/com-module-config/x", Permission::ReadConfiguration),
    ("POST", "/com-module-config", Permission::ConfigureComModules),
    ("PUT", "/com-module-config/x", Permission::ConfigureComModules),
    ("DELETE", "/com-module-config/x", Permission::ConfigureComModules),
    ("GET", "/receipts?from=2024-01-01T00:00:00Z", Permission::ReadReceipts),
    ("GET", "/receipts/x", Permission::ReadReceipts),
    ("GET", "/status", Permission::ReadStatus),
    ("GET", "/metrics", Permission::ReadStatus),
];

#[test]
fn every_route_asks_for_exactly_its_permission() {
    let server = Server::start(Backend::Sqlite).unwrap();
    for role in Role::ALL {
        let key = server.new_key(role.as_str());
        for (method, path, permission) in ROUTES {
            // Not JSON, so that whoever may come in meets 415 or 428 and changes nothing.
            let answer = server.send(method, path, &key, &[("Content-Type", "text/plain")], "x");
            let may = role.permissions().contains(permission);
            assert_eq!(answer.status != 403, may, "{role} {method} {path}: {}", answer.status);
            assert!(answer.status < 500, "{role} {method} {path}: {}", answer.text);
            if may && *method == "GET" {
                assert!(matches!(answer.status, 200 | 404), "{role} {method} {path}: {}", answer.text);
            }
        }
    }
    for (method, path, _) in ROUTES {
        assert_eq!(server.send(method, path, &Credential::None, &[], "x").status, 401, "{method} {path}");
    }
}

#[test]
fn what_only_describes_needs_no_credential() {
    let server = Server::start(Backend::Sqlite).unwrap();
    for (path, status) in
        [("/health", 200), ("/health/ready", 200), ("/", 302), ("/docs", 200), ("/problems/invalid", 200)]
    {
        let answer = server.send("GET", path, &Credential::None, &[], "");
        let redirect = status == 302 && (301..=308).contains(&answer.status);
        assert!(answer.status == status || redirect, "{path}: {}", answer.status);
        assert!(matches!(server.send("HEAD", path, &Credential::None, &[], "").status, 200 | 301..=308), "{path}");
    }
    assert_eq!(server.send("GET", "/health", &Credential::None, &[], "").json()["status"], "pass");
}

#[test]
fn one_organisation_never_sees_anothers() {
    for backend in [Backend::Sqlite, Backend::Postgresql] {
        let Some(server) = Server::start(backend) else { continue };
        server.command(&["organisations", "create", "north", "--json"]).unwrap();
        let roles = "viewer,operator,switching,engineer,head-end";
        let made = ["keys", "create", "--name", "n", "--roles", roles, "--organisation", "north", "--json"];
        let made: serde_json::Value = serde_json::from_str(&server.command(&made).unwrap()).unwrap();
        let north = Credential::Key(made["key"].as_str().unwrap().to_owned());
        let reading = r#"{"meterId":"m","readingType":"registerRead","unit":"kWh","readingDateTime":"2024-01-15T10:00:00Z","value":1}"#;
        let control = r#"{"mRID":"c","deviceId":"m","controlType":"remoteDisconnect","reason":"r"}"#;
        let event = r#"{"mRID":"e","deviceId":"m","eventType":"powerOutage","eventDateTime":"2024-01-15T10:00:00Z"}"#;
        let receipt = server.post_with("/meter-readings", &[("Idempotency-Key", "k")], reading).expect(201);
        server.post("/end-device-controls", control).expect(201);
        server.post("/end-device-events", event).expect(201);
        server.post("/usage-point-config", r#"{"mRID":"up"}"#).expect(201);
        let get = |path: &str| server.send("GET", path, &north, &[], "");
        for path in ["/end-device-controls/c", "/end-device-events/e", "/usage-point-config/up"] {
            assert_eq!(get(path).status, 404, "{path}");
        }
        assert_eq!(get(&format!("/receipts/{}", receipt["receipt"].as_str().unwrap())).status, 404);
        for (path, list) in [
            ("/meter-readings", "readings"),
            ("/meter-readings?meterId=m", "readings"),
            ("/meter-readings/latest", "readings"),
            ("/meter-readings/series", "series"),
            ("/end-device-controls", "controls"),
            ("/end-device-events", "events"),
            ("/usage-point-config", "usagePoints"),
            ("/meter-config", "meters"),
            ("/receipts?idempotencyKey=k", "receipts"),
        ] {
            assert_eq!(get(path).expect(200)[list], serde_json::json!([]), "{path}");
        }
        assert_eq!(server.send("POST", "/end-device-controls/c/cancel", &north, &[], "{}").status, 404);
        // The same key, id and meter are free there.
        let again = server.send("POST", "/meter-readings", &north, &[("Idempotency-Key", "k")], reading).expect(201);
        assert_eq!(again["counts"]["inserted"], 1);
        server.send("POST", "/end-device-controls", &north, &[], control).expect(201);
    }
}
