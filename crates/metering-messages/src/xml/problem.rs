//! `application/problem+xml` (RFC 9457): the one shape of everything that was refused.

use crate::json;
use crate::json::problem::ProblemBody;

/// Appends the problem, in the namespace of the RFC.
pub fn write(problem: &ProblemBody, out: &mut Vec<u8>) {
    let mut json = Vec::new();
    json::problem::write(problem, &mut json);
    super::answer::problem(&json, out);
}

#[cfg(test)]
mod tests {
    use metering_model::{Violation, ViolationCode};

    use super::*;

    #[test]
    fn a_problem_has_its_elements_and_its_entries() {
        let violations = [Violation::new(0, "eventDateTime", ViolationCode::InvalidTime, "`x` & \"y\"")];
        let problem = ProblemBody {
            kind: "/problems/invalid".to_owned(),
            title: "Rules broken".to_owned(),
            status: 422,
            ..ProblemBody::default()
        };
        let mut out = Vec::new();
        write(&problem.with_violations("EndDeviceEvents", &violations), &mut out);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><problem xmlns=\"urn:ietf:rfc:7807\"><type>/problems/invalid</type>\
             <title>Rules broken</title><status>422</status><errors><i>\
             <xpath>/m:EndDeviceEvents/m:EndDeviceEvent[1]/m:createdDateTime</xpath><code>invalid-time</code>\
             <detail>`x` &amp; \"y\"</detail></i></errors></problem>"
        );
    }
}
