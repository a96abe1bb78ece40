use metering_model::Obis;
use stranger::{Fault, sums};

const PROFILE: &str = "\
1-0:1.29.0;2024-01-15T10:15:00Z;0.1
1-0:1.29.0;2024-01-15T10:30:00Z;0.2
1.29.0;2024-01-15T11:45:00+01:00;0.05
1-0:2.29.0*255;2024-01-15T10:15:00Z;1.000
";

#[test]
fn tenths_add_up_exactly() {
    let sums = sums(PROFILE).unwrap();
    let [import, export] = &sums[..] else { panic!("{sums:?}") };
    assert_eq!(import.obis, "1-0:1.29.0*255".parse::<Obis>().unwrap());
    assert_eq!(import.reading_type.to_string(), "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0");
    assert_eq!((import.energy.to_string(), import.peak.to_string()), ("0.35".into(), "0.8".into()));
    assert_eq!(import.peak_at.to_string(), "2024-01-15T10:30:00Z");
    assert_eq!((export.energy.to_string(), export.peak.to_string()), ("1".into(), "4".into()));
}

#[test]
fn what_is_wrong_is_told_apart() {
    for (profile, expected) in [
        ("1.29;2024-01-15T10:15:00Z;1", "Code"),
        ("7-0:3.0.0;2024-01-15T10:15:00Z;1", "Meaning"),
        ("1.29.0;2024-01-15T10:15:00;1", "Time"),
        ("1.29.0;2024-01-15T10:15:00Z;1,5", "Value"),
        ("3.29.0;2024-01-15T10:15:00Z;1", "Unit"),
        ("1.29.0", "Fields"),
    ] {
        let fault = sums(profile).unwrap_err();
        assert!(format!("{fault:?}").starts_with(expected), "{fault:?}");
    }
    let Err(Fault::Unit(error)) = sums("3.29.0;2024-01-15T10:15:00Z;1") else { panic!() };
    assert_eq!(error.to_string(), "VArh is not Wh: a value in VArh is no Energy");
}
