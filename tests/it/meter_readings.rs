//! Readings: exact, repeatable, correctable, and readable as they were.

use serde_json::{Value, json};

use crate::server::{Answer, Server, on_each_backend};

on_each_backend![
    digits_come_back_as_they_came,
    a_correction_supersedes_and_nothing_vanishes,
    an_edited_value_stands,
    ranges_are_open_at_the_start_and_closed_at_the_end,
    pages_add_up_while_others_write,
    values_are_converted_exactly,
    part_of_a_message_may_be_rejected,
    strict_handling_is_all_or_nothing,
    an_idempotency_key_brings_the_first_answer_again,
    latest_and_series,
    withdrawn_values_are_null,
    every_wrong_parameter_is_named,
    a_usage_point_stands_for_its_meters,
    receipts_are_found_by_key_hash_and_time,
    many_readings_come_back_digit_for_digit,
    a_day_in_two_halves_is_one_day,
    what_is_said_besides_comes_back,
];

fn reading(meter: &str, time: &str, value: &str) -> Value {
    let value: Value = serde_json::from_str(value).unwrap();
    json!({"meterId": meter, "readingType": "intervalData", "interval": "PT15M", "unit": "kWh",
        "energyDirection": "forward", "readingDateTime": time, "value": value})
}

fn message(readings: &[Value]) -> String {
    json!({"readings": readings}).to_string()
}

/// A message whose value is this very text, which a JSON library would spell in its own way.
fn raw(meter: &str, time: &str, value: &str) -> String {
    message(&[reading(meter, time, "null")]).replace("\"value\":null", &format!("\"value\":{value}"))
}

fn values(answer: &Answer) -> Vec<String> {
    let text = &answer.text;
    text.match_indices("\"value\":")
        .map(|(at, key)| text[at + key.len()..].split([',', '}']).next().unwrap().to_owned())
        .collect()
}

fn digits_come_back_as_they_came(server: &Server) {
    let written = ["0", "0.00", "1234.50", "-0.001", "999999999999999999", "0.000000000001", "1.5"];
    for (minute, value) in written.iter().enumerate() {
        server.post("/meter-readings", raw("exact", &format!("2024-01-15T10:{minute:02}:00Z"), value)).expect(201);
    }
    assert_eq!(values(&server.get("/meter-readings?meterId=exact")), written);
    for (value, code) in [
        ("1234567890123456789", "too-many-digits"),
        ("0.1234567890123", "too-many-places"),
        ("1e999", "too-many-digits"),
        ("true", "wrong-kind"),
        ("\"kWh\"", "invalid-number"),
    ] {
        let refused = server.post("/meter-readings", raw("exact", "2024-01-15T11:00:00Z", value)).expect(422);
        assert_eq!(refused["errors"][0]["code"], code, "{value}");
        assert_eq!(refused["errors"][0]["pointer"], "#/readings/0/value");
    }
    let text = server.post("/meter-readings", raw("exact", "2024-01-15T12:00:00Z", "\"7.70\""));
    text.expect(201);
    assert_eq!(values(&server.get("/meter-readings?meterId=exact")).last().unwrap(), "7.70");
}

fn a_correction_supersedes_and_nothing_vanishes(server: &Server) {
    let at = "2024-01-15T10:15:00Z";
    server.post("/meter-readings", raw("m", at, "1.50")).expect(201);
    let before =
        server.post("/meter-readings", raw("m", at, "1.5")).expect(200)["recordedAt"].as_str().unwrap().to_owned();
    let corrected = server.post("/meter-readings", raw("m", at, "2")).expect(201);
    assert_eq!(corrected["counts"]["superseded"], 1);
    let now = server.get("/meter-readings?meterId=m");
    assert_eq!(values(&now), ["2"]);
    assert_eq!(now.json()["readings"][0]["revision"], 2);
    assert_eq!(values(&server.get(&format!("/meter-readings?meterId=m&asOf={before}"))), ["1.50"]);
    let all = server.get("/meter-readings?meterId=m&revisions=true");
    assert_eq!(values(&all), ["1.50", "2"]);
    let all = all.json();
    assert_eq!(all["readings"][0]["current"], false);
    assert_eq!(all["readings"][1]["current"], true);
    assert_eq!(all["readings"][1]["receipt"], corrected["receipt"]);
}

fn an_edited_value_stands(server: &Server) {
    let at = "2024-01-15T10:15:00Z";
    let mut edited = reading("m", at, "5");
    edited["quality"] = json!("3.7.0");
    server.post("/meter-readings", raw("m", at, "4")).expect(201);
    server.post("/meter-readings", message(&[edited])).expect(201);
    let kept = server.post("/meter-readings", raw("m", at, "4.5")).expect(201);
    assert_eq!(kept["counts"]["kept"], 1);
    assert_eq!(kept["warnings"][0]["code"], "edited-value-stands");
    assert_eq!(values(&server.get("/meter-readings?meterId=m")), ["5"]);
    assert_eq!(values(&server.get("/meter-readings?meterId=m&revisions=true")), ["4", "5", "4.5"]);
}

fn ranges_are_open_at_the_start_and_closed_at_the_end(server: &Server) {
    let times = ["2024-01-14T23:45:00Z", "2024-01-15T00:00:00Z", "2024-01-15T00:15:00Z", "2024-01-16T00:00:00Z"];
    let day: Vec<Value> = times.iter().zip(1..).map(|(time, value)| reading("m", time, &value.to_string())).collect();
    server.post("/meter-readings", message(&day)).expect(201);
    let of_the_15th = server.get("/meter-readings?meterId=m&from=2024-01-15T00:00:00Z&to=2024-01-16T00:00:00Z");
    assert_eq!(values(&of_the_15th), ["3", "4"]);
    // A plus sign that URL decoding made a space.
    let local = server.get("/meter-readings?meterId=m&to=2024-01-15T01:00:00+01:00");
    assert_eq!(values(&local), ["1", "2"]);
}

fn pages_add_up_while_others_write(server: &Server) {
    let mut readings = Vec::new();
    for meter in ["a", "b", "c"] {
        for quarter in 0..40 {
            let time = format!("2024-01-15T{:02}:{:02}:00Z", quarter / 4, quarter % 4 * 15);
            readings.push(reading(meter, &time, &format!("{quarter}")));
        }
    }
    server.post("/meter-readings", message(&readings)).expect(201);
    let whole = values(&server.get("/meter-readings?limit=1000"));
    let mut pages = Vec::new();
    let mut path = "/meter-readings?limit=7".to_owned();
    for page in 0.. {
        let answer = server.get(&path);
        pages.extend(values(&answer));
        // A correction of what is still to come, and a reading in front of it: neither is seen.
        server.post("/meter-readings", raw("c", "2024-01-15T09:45:00Z", &format!("100{page}"))).expect(201);
        let link = answer.header("Link").map(ToOwned::to_owned);
        let next = answer.json()["next"].clone();
        let Some(next) = next.as_str() else {
            assert_eq!(link, None);
            break;
        };
        assert!(link.unwrap().ends_with("; rel=\"next\""));
        path = format!("/meter-readings?limit=7&cursor={next}");
        assert!(page < 100, "the pages do not end");
    }
    assert_eq!(pages, whole);
    let other = server.get(&format!("{path}&meterId=a"));
    assert!(matches!(other.status, 400 | 422), "a cursor belongs to its query: {}", other.text);
}

fn values_are_converted_exactly(server: &Server) {
    server.post("/meter-readings", raw("m", "2024-01-15T10:15:00Z", "1234.50")).expect(201);
    let answer = server.get("/meter-readings?meterId=m&unit=MWh");
    assert_eq!(values(&answer), ["1.23450"]);
    let answer = answer.json();
    assert_eq!(answer["readings"][0]["unit"], "MWh");
    assert_eq!(answer["readings"][0]["readingTypeCode"], "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.6.72.0");
    assert_eq!(answer["readings"][0]["storedReadingTypeCode"], "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0");
    assert_eq!(values(&server.get("/meter-readings?meterId=m&unit=Wh")), ["1234500"]);
}

fn part_of_a_message_may_be_rejected(server: &Server) {
    let mut volts = reading("m", "2024-01-15T10:30:00Z", "1");
    volts["unit"] = json!("V");
    volts["measurement"] = json!("activeEnergy");
    let mut misspelt = reading("m", "2999-01-15T10:45:00Z", "1");
    misspelt["vlaue"] = json!(1);
    let part = server.post("/meter-readings", message(&[reading("m", "2024-01-15T10:15:00Z", "1"), volts, misspelt]));
    let part = part.expect(207);
    assert_eq!(part["counts"]["inserted"], 1);
    assert_eq!(part["counts"]["rejected"], 2);
    let errors = part["errors"].as_array().unwrap();
    let found: Vec<_> =
        errors.iter().map(|it| (it["pointer"].as_str().unwrap(), it["code"].as_str().unwrap())).collect();
    assert!(found.contains(&("#/readings/1/unit", "unit-measurement-mismatch")), "{found:?}");
    assert!(found.contains(&("#/readings/2/vlaue", "unknown-field")), "{found:?}");
    let detail = errors.iter().find(|it| it["code"] == "unknown-field").unwrap()["detail"].as_str().unwrap();
    assert!(detail.contains("value"), "the nearest known field is named: {detail}");
    assert_eq!(values(&server.get("/meter-readings")), ["1"]);
}

fn strict_handling_is_all_or_nothing(server: &Server) {
    let both = message(&[reading("m", "2024-01-15T10:15:00Z", "1"), reading("m", "2999-01-15T10:15:00Z", "1")]);
    let refused = server.post_with("/meter-readings", &[("Prefer", "handling=strict")], &both);
    assert_eq!(refused.header("Preference-Applied"), Some("handling=strict"));
    let refused = refused.expect(422);
    assert_eq!(refused["errors"][0]["code"], "in-the-future");
    assert_eq!(refused["type"], "/problems/invalid");
    assert_eq!(values(&server.get("/meter-readings")), [""; 0]);
    server.post("/meter-readings", &both).expect(207);
}

fn an_idempotency_key_brings_the_first_answer_again(server: &Server) {
    let body = raw("m", "2024-01-15T10:15:00Z", "1");
    let key = [("Idempotency-Key", "batch-7")];
    let first = server.post_with("/meter-readings", &key, &body);
    let first = first.expect(201);
    let again = server.post_with("/meter-readings", &key, &body);
    assert_eq!(again.header("Idempotency-Replayed"), Some("true"));
    assert_eq!(again.expect(201), first);
    let other = server.post_with("/meter-readings", &key, raw("m", "2024-01-15T10:15:00Z", "2"));
    assert_eq!(other.expect(422)["type"], "/problems/idempotency-key-reused");
    // A refusal binds no key.
    let key = [("Idempotency-Key", "batch-8")];
    server.post_with("/meter-readings", &key, raw("m", "2999-01-15T10:15:00Z", "1")).expect(422);
    server.post_with("/meter-readings", &key, raw("m", "2024-01-15T10:30:00Z", "1")).expect(201);
    assert_eq!(server.post_with("/meter-readings", &[("Idempotency-Key", "")], &body).status, 400);
}

fn latest_and_series(server: &Server) {
    let mut voltage = reading("m", "2024-01-15T10:00:00Z", "229.7");
    voltage["readingType"] = json!("instantaneous");
    voltage["unit"] = json!("V");
    voltage["phase"] = json!("AN");
    voltage.as_object_mut().unwrap().remove("energyDirection");
    voltage.as_object_mut().unwrap().remove("interval");
    let readings = [reading("m", "2024-01-15T10:00:00Z", "1"), reading("m", "2024-01-16T10:00:00Z", "2"), voltage];
    server.post("/meter-readings", message(&readings)).expect(201);
    let mut latest = values(&server.get("/meter-readings/latest?meterId=m"));
    latest.sort();
    assert_eq!(latest, ["2", "229.7"]);
    assert_eq!(
        values(&server.get("/meter-readings/latest?meterId=m&measurement=activeEnergy&to=2024-01-15T12:00:00Z")),
        ["1"]
    );
    let series = server.get("/meter-readings/series?meterId=m").expect(200);
    let series = series["series"].as_array().unwrap();
    assert_eq!(series.len(), 2);
    let energy = series.iter().find(|it| it["measurement"] == "activeEnergy").unwrap();
    assert_eq!(energy["count"], 2);
    assert_eq!(energy["first"], "2024-01-15T10:00:00Z");
    assert_eq!(energy["last"], "2024-01-16T10:00:00Z");
}

fn withdrawn_values_are_null(server: &Server) {
    server.post("/meter-readings", raw("m", "2024-01-15T10:15:00Z", "1")).expect(201);
    server.post("/meter-readings", raw("m", "2024-01-15T10:15:00Z", "null")).expect(422);
    let mut withdrawn = reading("m", "2024-01-15T10:15:00Z", "null");
    withdrawn["quality"] = json!(["edited", "estimated"]);
    server.post("/meter-readings", message(&[withdrawn.clone()])).expect(422);
    withdrawn["quality"] = json!("rejected");
    server.post("/meter-readings", message(&[withdrawn])).expect(201);
    let answer = server.get("/meter-readings?meterId=m").expect(200);
    assert_eq!(answer["readings"][0]["value"], Value::Null);
    assert_eq!(answer["readings"][0]["quality"], "rejected");
    // The device's next repeat does not bring it back; a person's value does take its place.
    let repeat = server.post("/meter-readings", raw("m", "2024-01-15T10:15:00Z", "1")).expect(200);
    assert_eq!(repeat["counts"]["unchanged"], 1);
    let kept = server.post("/meter-readings", raw("m", "2024-01-15T10:15:00Z", "2")).expect(201);
    assert_eq!(kept["counts"]["kept"], 1);
    assert_eq!(values(&server.get("/meter-readings?meterId=m")), ["null"]);
    let mut added = reading("m", "2024-01-15T10:15:00Z", "3");
    added["quality"] = json!("3.7.1");
    server.post("/meter-readings", message(&[added])).expect(201);
    assert_eq!(values(&server.get("/meter-readings?meterId=m")), ["3"]);
}

fn every_wrong_parameter_is_named(server: &Server) {
    for (query, parameter) in [
        ("meterID=m", "meterID"),
        ("from=yesterday", "from"),
        ("from=2024-01-15T10:00:00", "from"),
        ("limit=0", "limit"),
        ("limit=100001", "limit"),
        ("phase=X", "phase"),
        ("unit=furlong", "unit"),
        ("cursor=x", "cursor"),
        ("readingTypeCode=1.2.3", "readingTypeCode"),
    ] {
        let refused = server.get(&format!("/meter-readings?{query}"));
        assert!(matches!(refused.status, 400 | 422), "{query}: {}", refused.text);
        assert_eq!(refused.json()["errors"][0]["parameter"], parameter, "{query}: {}", refused.text);
    }
}

fn a_usage_point_stands_for_its_meters(server: &Server) {
    let meters = json!({"meters": [
        {"mRID": "old", "installations": [{"usagePointId": "up", "from": "2024-01-01T00:00:00Z", "to": "2024-01-15T00:00:00Z"}]},
        {"mRID": "new", "installations": [{"usagePointId": "up", "from": "2024-01-15T00:00:00Z"}]}]});
    server.post("/usage-point-config", r#"{"usagePoints":[{"mRID":"up"}]}"#).expect(201);
    server.post("/meter-config", meters.to_string()).expect(201);
    let readings = [
        reading("old", "2024-01-14T12:00:00Z", "1"),
        reading("old", "2024-01-15T12:00:00Z", "2"),
        reading("new", "2024-01-14T12:00:00Z", "3"),
        reading("new", "2024-01-15T12:00:00Z", "4"),
    ];
    server.post("/meter-readings", message(&readings)).expect(201);
    let mut served = values(&server.get("/meter-readings?usagePointId=up"));
    served.sort();
    assert_eq!(served, ["1", "4"]);
}

fn receipts_are_found_by_key_hash_and_time(server: &Server) {
    let body = raw("m", "2024-01-15T10:15:00Z", "1");
    let stored = server.post_with("/meter-readings", &[("Idempotency-Key", "k")], &body).expect(201);
    let id = stored["receipt"].as_str().unwrap();
    let hash = stored["sha256"].as_str().unwrap();
    for query in ["idempotencyKey=k".to_owned(), format!("sha256={hash}"), "from=2024-01-01T00:00:00Z".to_owned()] {
        let found = server.get(&format!("/receipts?{query}")).expect(200);
        assert_eq!(found["receipts"][0]["receipt"], id, "{query}");
    }
    assert_eq!(server.get("/receipts/0193f0c2-0000-7000-8000-000000000000").status, 404);
}

fn many_readings_come_back_digit_for_digit(server: &Server) {
    let mut sent = Vec::new();
    for batch in 0..4 {
        let mut body = String::from("{\"readings\":[");
        for meter in 0..50 {
            for quarter in 0..96 {
                let number = batch * 7_919 + meter * 613 + quarter * 31;
                let value = format!("{}.{:03}", number % 900, number * 7 % 1000);
                let minutes = (quarter + 1) * 15;
                let (day, hour) = (15 + minutes / 1440, minutes / 60 % 24);
                body += &format!(
                    r#"{{"meterId":"M{:05}","readingType":"intervalData","interval":"PT15M","unit":"kWh","energyDirection":"forward","readingDateTime":"2024-01-{day}T{hour:02}:{:02}:00Z","value":{value}}},"#,
                    batch * 50 + meter,
                    minutes % 60,
                );
                sent.push(value);
            }
        }
        body.pop();
        body += "]}";
        let stored = server.post("/meter-readings", body).expect(201);
        assert_eq!(stored["counts"]["inserted"], 4800);
    }
    assert_eq!(values(&server.get("/meter-readings?limit=100000")), sent);
}

/// The halves of a day may arrive in either order, and a page may end between them.
fn a_day_in_two_halves_is_one_day(server: &Server) {
    let half = |meter: &str, quarters: std::ops::Range<usize>| {
        let quarters = quarters.map(|quarter| {
            let time = format!("2024-01-15T{:02}:{:02}:00Z", quarter / 4, quarter % 4 * 15);
            reading(meter, &time, &quarter.to_string())
        });
        message(&quarters.collect::<Vec<_>>())
    };
    server.post("/meter-readings", half("a", 0..8)).expect(201);
    server.post("/meter-readings", half("a", 8..96)).expect(201);
    server.post("/meter-readings", half("b", 8..96)).expect(201);
    server.post("/meter-readings", half("b", 0..8)).expect(201);
    let whole: Vec<String> = (0..96).map(|quarter| quarter.to_string()).collect();
    for meter in ["a", "b"] {
        let path = format!("/meter-readings?meterId={meter}");
        assert_eq!(values(&server.get(&path)), whole);
        let first = server.get(&format!("{path}&limit=8"));
        let next = first.json()["next"].as_str().unwrap().to_owned();
        let second = server.get(&format!("{path}&cursor={next}"));
        assert_eq!([values(&first), values(&second)].concat(), whole);
    }
}

fn what_is_said_besides_comes_back(server: &Server) {
    let with = |value: &str, details: Value| {
        let mut it = reading("besides", "2024-01-15T10:15:00Z", value);
        it.as_object_mut().unwrap().extend(details.as_object().unwrap().clone());
        it
    };
    let details = json!({"reportedDateTime": "2024-01-15T10:17:30Z",
        "timePeriod": {"start": "2024-01-15T10:00:00Z", "end": "2024-01-15T10:15:00Z"},
        "source": "HES \"1\"", "reason": "inquiry", "comment": "two\nlines"});
    let plain = reading("besides", "2024-01-15T10:30:00Z", "2");
    server.post("/meter-readings", message(&[with("1", details.clone()), plain.clone()])).expect(201);
    let answered = |path: &str| {
        let answer = server.get(path).expect(200);
        answer["readings"].as_array().unwrap().clone()
    };
    let of = |reading: &Value| {
        let names = ["reportedDateTime", "timePeriod", "source", "reason", "comment"];
        let there = names.iter().filter_map(|name| Some(((*name).to_owned(), reading.get(*name)?.clone())));
        Value::Object(there.collect())
    };
    let found = answered("/meter-readings?meterId=besides");
    assert_eq!(found.iter().map(of).collect::<Vec<_>>(), [details.clone(), json!({})]);
    // Nothing of it is a reading of its own; what was not said yet joins.
    let repeated = [with("1", json!({"source": "another"})), plain];
    assert_eq!(server.post("/meter-readings", message(&repeated)).expect(200)["counts"]["unchanged"], 2);
    let mut late = reading("besides", "2024-01-15T10:30:00Z", "2");
    late["source"] = json!("file");
    assert_eq!(server.post("/meter-readings", message(&[late])).expect(201)["counts"]["superseded"], 1);
    // A correction has its own.
    server.post("/meter-readings", message(&[with("3", json!({"comment": "corrected"}))])).expect(201);
    let found = answered("/meter-readings?meterId=besides&revisions=true");
    assert_eq!(
        found.iter().map(of).collect::<Vec<_>>(),
        [details, json!({"comment": "corrected"}), json!({}), json!({"source": "file"})]
    );

    let wrong = with(
        "4",
        json!({"source": "a\0", "timePeriod": {"start": "2024-01-15T10:15:00Z",
        "end": "2024-01-15T10:00:00Z", "begin": null}, "comment": "x".repeat(1025)}),
    );
    let refused = server.post("/meter-readings", message(&[wrong])).expect(422);
    assert_eq!(refused["errors"][0]["pointer"], "#/readings/0/timePeriod/begin");
    let wrong = with(
        "4",
        json!({"source": "a\0", "timePeriod": {"start": "2024-01-15T10:15:00Z",
        "end": "2024-01-15T10:00:00Z"}, "comment": "x".repeat(1025)}),
    );
    let refused = server.post("/meter-readings", message(&[wrong])).expect(422);
    let errors = refused["errors"].as_array().unwrap();
    let places: Vec<_> = errors.iter().map(|it| it["pointer"].as_str().unwrap()).collect();
    assert_eq!(places, ["#/readings/0/comment", "#/readings/0/source", "#/readings/0/timePeriod"]);
    let marked = with("4", json!({"reason": "meter exchange", "timePeriod": {"end": "2024-01-15T10:30:00Z"}}));
    let marked = server.post("/meter-readings", message(&[marked])).expect(201);
    let codes: Vec<_> = marked["warnings"].as_array().unwrap().iter().map(|it| it["code"].clone()).collect();
    assert_eq!(codes, ["unmapped", "contradiction"]);
}
