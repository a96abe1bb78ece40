//! Changing and retiring one object.

use metering_model::{
    Configuration, ConfigurationKind, ConfigurationStatus, Configurations, ConfiguredId, Counts, EchoedFields,
    RecordedConfiguration, Violation, ViolationCode,
};
use metering_validation::Valid;

use crate::change::Change;
use crate::error::{Error, Result};

use super::record::{ToRecord, record};
use super::{ObjectRow, installations, object, references};

/// Puts the one object of `message` in the place of the stored one, if that is still at
/// `expected_revision`. The same content writes nothing; secrets that are not given stay. A
/// provisional object is configured by it, a retired one comes back.
///
/// # Errors
/// [`Error::NotFound`] without such an object; [`Error::PreconditionFailed`] when it has been
/// changed since; [`Error::Rejected`] when the object contradicts the mRID it is put to, or the
/// `echoed` fields contradict what is stored, or it refers to what is not there and must be.
pub fn replace(
    change: &mut Change<'_>,
    kind: ConfigurationKind,
    mrid: &str,
    expected_revision: u32,
    echoed: &EchoedFields,
    message: &Valid<Configurations>,
) -> Result<(Counts, RecordedConfiguration)> {
    let stored = expected(change, kind, mrid, Some(expected_revision))?;
    let Some((item, given)) = message.items.first() else { return Err(Error::Rejected(Vec::new())) };
    let mut violations: Vec<_> = echoed
        .contradicting(&stored.recorded()?)
        .into_iter()
        .map(|name| {
            let detail = format!("`{name}` is set by the server and is another in what is stored; leave it out");
            Violation::new(*item, name, ViolationCode::ServerOwned, detail)
        })
        .collect();
    let mut configuration = given.clone();
    if configuration.kind() != kind || configuration.mrid().is_some_and(|it| it != mrid) {
        let detail = format!("this is not the {} `{mrid}`; an mRID cannot be changed", kind.in_words());
        violations.push(Violation::new(*item, "mRID", ViolationCode::Contradiction, detail));
    }
    if !violations.is_empty() {
        return Err(Error::Rejected(violations));
    }
    configuration.set_mrid(mrid.parse::<ConfiguredId>().map_err(Error::failed)?);
    let mut counts = Counts { received: 1, ..Counts::default() };
    let before = stored.configuration()?;
    if let Some(before) = &before {
        configuration.keep_secrets(before);
        if stored.status()? == ConfigurationStatus::Active && *before == configuration {
            counts.unchanged = 1;
            return Ok((counts, stored.recorded()?));
        }
    }
    match before {
        Some(_) => counts.superseded = 1,
        None => counts.inserted = 1,
    }
    let recorded = write(change, *item, &stored, configuration, ConfigurationStatus::Active)?;
    Ok((counts, recorded))
}

/// Takes an object out of use; it stays readable, and so does all that hangs on it. Retiring what
/// is retired already changes nothing.
///
/// # Errors
/// As for [`replace`].
pub fn retire(
    change: &mut Change<'_>,
    kind: ConfigurationKind,
    mrid: &str,
    expected_revision: Option<u32>,
) -> Result<RecordedConfiguration> {
    let stored = expected(change, kind, mrid, expected_revision)?;
    if stored.status()? == ConfigurationStatus::Retired {
        return stored.recorded();
    }
    let configuration = stored.recorded()?.configuration;
    write(change, 0, &stored, configuration, ConfigurationStatus::Retired)
}

/// The stored object, if it is at the revision expected.
fn expected(change: &mut Change<'_>, kind: ConfigurationKind, mrid: &str, revision: Option<u32>) -> Result<ObjectRow> {
    let organisation = change.organisation().as_str().to_owned();
    let stored = object(change.connection(), &organisation, kind, mrid)?.ok_or(Error::NotFound)?;
    if revision.is_some_and(|it| i64::from(it) != stored.revision) {
        return Err(Error::PreconditionFailed);
    }
    Ok(stored)
}

/// Writes the next revision of `stored`.
fn write(
    change: &mut Change<'_>,
    item: u32,
    stored: &ObjectRow,
    configuration: Configuration,
    status: ConfigurationStatus,
) -> Result<RecordedConfiguration> {
    let mut violations = Vec::new();
    let organisation = change.organisation().as_str().to_owned();
    let there = installations::usage_points_of(change.connection(), &organisation, stored.id)?;
    let before = stored.recorded()?.configuration;
    let texts = before.installations().iter().map(|it| it.usage_point.to_string());
    let kept = texts.zip(there).collect();
    let mut resolved = references::resolve(change, &[(item, &configuration)], &kept, &mut violations)?;
    let Some(usage_points) = resolved.pop().flatten() else { return Err(Error::Rejected(violations)) };
    let revision = u32::try_from(stored.revision + 1).map_err(Error::failed)?;
    let to_record =
        ToRecord { object: stored.id, known: true, revision, status, configuration: &configuration, usage_points };
    record(change, &[to_record])?;
    Ok(RecordedConfiguration {
        id: stored.mrid.parse().map_err(Error::failed)?,
        configuration,
        status,
        revision,
        recorded_at: change.recorded_at(),
    })
}
