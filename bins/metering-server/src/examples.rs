//! The four requests of the API document as commands that can be pasted into a shell.

use std::fmt::Write;
use std::path::Path;

/// A request of the API document: what it shows, its path, its body.
struct Example(&'static str, &'static str, &'static str);

const EXAMPLES: [Example; 4] = [
    Example(
        "Send a meter reading",
        "/meter-readings",
        r#"{"readings":[{"meterId":"1234LG","readingType":"intervalData","readingDateTime":"2024-01-15T10:00:00Z","value":1234.56,"unit":"kWh","multiplier":0,"phase":"ABC","energyDirection":"forward","quality":"good"}]}"#,
    ),
    Example(
        "Send a load control (its time has passed, so it is stored as expired and never sent to a device)",
        "/end-device-controls",
        r#"{"controls":[{"deviceId":"3dc53ee5-777e-50b4-8699-a1c224d493d","controlType":"loadControlSignal","controlValue":"50","controlUnit":"kW","effectiveDateTime":"2024-01-15T10:30:00Z","reason":"Demand response event","priority":"high"}]}"#,
    ),
    Example(
        "Report an event",
        "/end-device-events",
        r#"{"deviceId":"3dc53ee5-777e-50b4-8699-a1c224d493d","eventType":"tamperingAlert","eventDateTime":"2024-01-15T10:15:00Z","severity":"high","description":"Potential tampering detected on meter","eventCode":"TAM001"}"#,
    ),
    Example(
        "Disconnect a device",
        "/end-device-controls",
        r#"{"controls":[{"deviceId":"3dc53ee5-777e-50b4-8699-a1c224d493d","controlType":"remoteDisconnect","reason":"Non-payment","priority":"high"}]}"#,
    ),
];

/// What reads back what the examples sent.
const READ_BACK: [&str; 3] = [
    "/meter-readings?meterId=1234LG",
    "/end-device-controls?deviceId=3dc53ee5-777e-50b4-8699-a1c224d493d",
    "/end-device-events?deviceId=3dc53ee5-777e-50b4-8699-a1c224d493d",
];

/// The commands against the server at `address`; `certificate` is the one to trust, where it is one
/// of our own making. The secrets stay in their files.
pub(crate) fn commands(address: &str, certificate: Option<&Path>, token: &Path, api_key: &Path) -> String {
    let trust = certificate.map(|path| format!(" --cacert {}", quoted(path))).unwrap_or_default();
    let (token, api_key) = (quoted(token), quoted(api_key));
    let mut text = String::new();
    for Example(title, path, body) in EXAMPLES {
        // Writing into a string does not fail.
        let _ = write!(
            text,
            "\n# {title}\ncurl{trust} -H \"Authorization: Bearer $(cat {token})\" -H 'Content-Type: application/json' \\\n  \
             -d '{body}' \\\n  {address}{path}\n"
        );
    }
    text.push_str("\n# Read it back, with the API key this time\n");
    for path in READ_BACK {
        let _ = writeln!(text, "curl{trust} -H \"X-API-Key: $(cat {api_key})\" '{address}{path}'");
    }
    text
}

/// A path as a shell takes it, whatever characters are in it.
fn quoted(path: &Path) -> String {
    format!("'{}'", path.to_string_lossy().replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_four_requests_and_no_secret_in_them() {
        let text = commands("https://h:1", Some(Path::new("/d/tls.crt")), Path::new("/d/token"), Path::new("/d/key"));
        assert_eq!(text.matches("\ncurl --cacert '/d/tls.crt'").count(), 7);
        assert_eq!(text.matches("-H \"Authorization: Bearer $(cat '/d/token')\"").count(), 4);
        assert!(text.contains("\n  https://h:1/meter-readings\n"));
        for Example(_, _, body) in EXAMPLES {
            assert!(serde_json::from_str::<serde_json::Value>(body).is_ok(), "{body}");
            assert!(!body.contains('\''), "it stands between single quotes");
        }
    }

    #[test]
    fn odd_folders_are_quoted() {
        assert_eq!(quoted(Path::new("/it's here/x")), r"'/it'\''s here/x'");
    }
}
