//! The description as clients get it from the real program.

use serde_json::Value;

use crate::document_examples::{DISCONNECT, EVENT, LOAD_CONTROL, READING};
use crate::server::{Backend, Credential, Server};

/// The examples of the description are those of the API document, and each is taken as it stands.
#[test]
fn the_description_shows_the_examples_of_the_document() {
    let server = Server::start_with(Backend::Sqlite, &["--contact", "https://utility.example/metering"]).unwrap();
    let description = server.send("GET", "/openapi.json", &Credential::None, &[], "").expect(200);
    assert_eq!(description["info"]["contact"]["url"], "https://utility.example/metering");
    let shown = |path: &str, name: &str| {
        description["paths"][path]["post"]["requestBody"]["content"]["application/json"]["examples"][name]["value"]
            .clone()
    };
    for (path, name, text) in [
        ("/meter-readings", "intervalData", READING),
        ("/end-device-controls", "loadControl", LOAD_CONTROL),
        ("/end-device-controls", "disconnect", DISCONNECT),
        ("/end-device-events", "tampering", EVENT),
    ] {
        let example = shown(path, name);
        assert_eq!(example, serde_json::from_str::<Value>(text).unwrap(), "{name}");
        server.post(path, example.to_string()).expect(201);
    }
    for path in ["/end-device-config", "/meter-config", "/usage-point-config", "/com-module-config"] {
        server.post(path, shown(path, "one").to_string()).expect(201);
    }
    let older = server.send("GET", "/openapi-3.0.json", &Credential::None, &[], "").expect(200);
    assert_eq!(older["paths"].as_object().unwrap().len(), description["paths"].as_object().unwrap().len());
}
