//! The tables, the same in both databases. Times are microseconds of UTC, ids are text.

// Organisations (0001).
diesel::table! {
    organisations (id) {
        id -> Text,
        name -> Text,
        created_at -> BigInt,
        last_change -> BigInt,
        last_change_at -> BigInt,
        audit_number -> BigInt,
        audit_hash -> Binary,
    }
}

diesel::table! {
    api_keys (prefix) {
        prefix -> Text,
        organisation_id -> Text,
        name -> Text,
        hash -> Binary,
        roles -> Text,
        quota -> BigInt,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
    }
}

// Changes (0002).
diesel::table! {
    change_log (organisation_id, number) {
        organisation_id -> Text,
        number -> BigInt,
        principal -> Text,
        method -> Text,
        path -> Text,
        request_id -> Text,
        received_at -> BigInt,
        recorded_at -> BigInt,
        sha256 -> Binary,
        status -> Integer,
        receipt_id -> Nullable<Text>,
    }
}

diesel::table! {
    receipts (organisation_id, id) {
        organisation_id -> Text,
        id -> Text,
        change_number -> BigInt,
        list -> Text,
        sha256 -> Binary,
        idempotency_key -> Nullable<Text>,
        received_at -> BigInt,
        recorded_at -> BigInt,
        items_received -> BigInt,
        items_inserted -> BigInt,
        items_unchanged -> BigInt,
        items_superseded -> BigInt,
        items_kept -> BigInt,
        items_rejected -> BigInt,
        content -> Text,
    }
}

diesel::table! {
    idempotency_keys (organisation_id, principal, path, idempotency_key) {
        organisation_id -> Text,
        principal -> Text,
        path -> Text,
        idempotency_key -> Text,
        roles -> Text,
        sha256 -> Binary,
        change_number -> BigInt,
        expires_at -> BigInt,
        status -> Integer,
        body -> Binary,
        location -> Nullable<Text>,
        etag -> Nullable<Text>,
    }
}

diesel::table! {
    audit_log (organisation_id, number) {
        organisation_id -> Text,
        number -> BigInt,
        at -> BigInt,
        principal -> Nullable<Text>,
        method -> Text,
        path -> Text,
        status -> Integer,
        request_id -> Text,
        peer -> Text,
        change_number -> Nullable<BigInt>,
        hash -> Binary,
    }
}

// Configurations (0003).
diesel::table! {
    identified_objects (id) {
        id -> BigInt,
        organisation_id -> Text,
        space -> Text,
        kind -> Text,
        mrid -> Text,
        status -> Text,
        revision -> BigInt,
        serial_number -> Nullable<Text>,
        content -> Nullable<Text>,
        recorded_at -> BigInt,
        change_number -> BigInt,
    }
}

diesel::table! {
    identified_object_counters (organisation_id) {
        organisation_id -> Text,
        number -> BigInt,
        last -> BigInt,
    }
}

diesel::table! {
    object_names (organisation_id, space, name, object_id, name_type, name_type_authority) {
        organisation_id -> Text,
        space -> Text,
        name -> Text,
        object_id -> BigInt,
        name_type -> Text,
        name_type_authority -> Text,
    }
}

diesel::table! {
    configuration_revisions (organisation_id, object_id, revision) {
        organisation_id -> Text,
        object_id -> BigInt,
        revision -> BigInt,
        kind -> Text,
        mrid -> Text,
        status -> Text,
        serial_number -> Nullable<Text>,
        content -> Text,
        recorded_at -> BigInt,
        change_number -> BigInt,
    }
}

diesel::table! {
    installations (organisation_id, device_id, place) {
        organisation_id -> Text,
        device_id -> BigInt,
        place -> BigInt,
        usage_point_id -> BigInt,
        valid_from -> Nullable<BigInt>,
        valid_to -> Nullable<BigInt>,
    }
}

diesel::joinable!(object_names -> identified_objects (object_id));
diesel::allow_tables_to_appear_in_same_query!(object_names, identified_objects);

// Meter readings (0004).
diesel::table! {
    series (owner_id, series_id) {
        owner_id -> BigInt,
        series_id -> Integer,
        reading_type -> Text,
        usage_point -> Nullable<Text>,
        first_time_stamp -> BigInt,
        last_time_stamp -> BigInt,
        readings -> BigInt,
        created_change -> BigInt,
    }
}

diesel::table! {
    reading_blocks (owner_id, series_id, day) {
        owner_id -> BigInt,
        series_id -> Integer,
        day -> Integer,
        last_change -> BigInt,
        readings -> Integer,
        block -> Binary,
    }
}

diesel::table! {
    reading_revisions (owner_id, series_id, time_stamp, revision) {
        owner_id -> BigInt,
        series_id -> Integer,
        time_stamp -> BigInt,
        revision -> BigInt,
        digits -> Nullable<BigInt>,
        scale -> Nullable<SmallInt>,
        qualities -> Text,
        change_number -> BigInt,
        superseded_by -> Nullable<BigInt>,
        details -> Nullable<Binary>,
    }
}

// End device controls (0005).
diesel::table! {
    end_device_controls (organisation_id, id) {
        organisation_id -> Text,
        id -> Text,
        change_number -> BigInt,
        place -> BigInt,
        received_at -> BigInt,
        kind -> Text,
        meaning -> Text,
        priority -> SmallInt,
        status -> Text,
        verification -> Text,
        effective_at -> Nullable<BigInt>,
        expires_at -> BigInt,
        wake_at -> Nullable<BigInt>,
        devices -> BigInt,
        identity -> Binary,
        key_identity -> Nullable<Binary>,
        content -> Text,
    }
}

diesel::table! {
    end_device_control_steps (organisation_id, control_id, step) {
        organisation_id -> Text,
        control_id -> Text,
        step -> BigInt,
        status -> Text,
        entered_at -> BigInt,
        actor -> Text,
        reason -> Nullable<Text>,
        change_number -> BigInt,
    }
}

diesel::table! {
    end_device_control_targets (organisation_id, control_id, device_id) {
        organisation_id -> Text,
        control_id -> Text,
        device_id -> BigInt,
        place -> BigInt,
        status -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(end_device_controls, end_device_control_targets);

// End device events (0006).
diesel::table! {
    end_device_events (organisation_id, id) {
        organisation_id -> Text,
        id -> Text,
        change_number -> BigInt,
        place -> BigInt,
        recorded_at -> BigInt,
        device_id -> BigInt,
        created_at -> BigInt,
        meaning -> Nullable<Text>,
        word -> Nullable<Text>,
        severity -> Nullable<Text>,
        identity -> Binary,
        content -> Text,
    }
}

// Messages in envelopes (0007).
diesel::table! {
    nonces (organisation_id, principal, sha256) {
        organisation_id -> Text,
        principal -> Text,
        sha256 -> Binary,
        expires_at -> BigInt,
    }
}

diesel::table! {
    owed_replies (organisation_id, id) {
        organisation_id -> Text,
        id -> Text,
        address -> Text,
        content_type -> Text,
        attempts -> Integer,
        due_at -> BigInt,
        expires_at -> BigInt,
        bytes -> BigInt,
        body -> Binary,
    }
}
