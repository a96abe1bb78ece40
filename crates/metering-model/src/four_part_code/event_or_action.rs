//! Part 4 of event and control codes.

use super::part_list::part_list;

part_list! {
    /// Part 4 of an event or control code: what happened, or what is to be done.
    ///
    /// Events and controls share one list: the same number never means one thing as an event and another
    /// as an action, and whole codes of either kind use both. [`ACTIONS`](Self::ACTIONS) are those that a
    /// control may say.
    pub struct EventOrAction;
    NONE = 0, "NA", "none", unconfirmed;
    ABORTED = 1, "Aborted", "aborted", unconfirmed;
    ACCESSED = 2, "Accessed", "accessed", unconfirmed;
    ACKNOWLEDGED = 3, "Acknowledged", "acknowledged", unconfirmed;
    ACTIVATED = 4, "Activated", "activated", unconfirmed;
    ARM_FOR_CLOSURE = 5, "ArmForClosure", "arm for closure", unconfirmed;
    ARM_FOR_OPEN = 6, "ArmForOpen", "arm for opening", unconfirmed;
    ATTEMPTED = 7, "Attempted", "attempted", unconfirmed;
    CANCEL = 8, "Cancel", "cancel", unconfirmed;
    CANCELLED = 10, "Cancelled", "cancelled", unconfirmed;
    ARMED_FOR_CLOSURE = 11, "ArmedForClosure", "armed for closure", unconfirmed;
    ARMED_FOR_OPEN = 12, "ArmedForOpen", "armed for opening", unconfirmed;
    CHANGE = 13, "Change", "change";
    CHANGE_PENDING = 14, "ChangePending", "change pending", unconfirmed;
    CHARGED = 15, "Charged", "charged", unconfirmed;
    CLOSED = 16, "Closed", "closed", unconfirmed;
    CONFIRMED = 17, "Confirmed", "confirmed", unconfirmed;
    CONNECT = 18, "Connect", "connect";
    DEACTIVATED = 19, "Deactivated", "deactivated", unconfirmed;
    DELAYED = 20, "Delayed", "delayed", unconfirmed;
    CALCULATED = 21, "Calculated", "calculated", unconfirmed;
    DISABLE = 22, "Disable", "disable", unconfirmed;
    DISCONNECT = 23, "Disconnect", "disconnect";
    CHANGED = 24, "Changed", "changed", unconfirmed;
    DOWNLOADED = 25, "Downloaded", "downloaded", unconfirmed;
    ENABLE = 26, "Enable", "enable", unconfirmed;
    CHANGE_OUT_REQUIRED = 27, "ChangeOutRequired" | "ChangeOut", "change-out required", unconfirmed;
    CLEARED = 28, "Cleared", "cleared", unconfirmed;
    ESTABLISHED = 29, "Established", "established", unconfirmed;
    EXECUTE = 30, "Execute", "execute", unconfirmed;
    COLD_STARTED = 31, "ColdStarted", "cold started", unconfirmed;
    FULL = 32, "Full", "full", unconfirmed;
    INITIALIZED = 33, "Initialized", "initialised", unconfirmed;
    IN_PROGRESS = 34, "InProgress", "in progress", unconfirmed;
    INVALID = 35, "Invalid", "invalid", unconfirmed;
    LOADED = 36, "Loaded", "loaded", unconfirmed;
    NORMAL = 37, "Normal", "normal", unconfirmed;
    NOT_AUTHORIZED = 38, "NotAuthorized", "not authorised", unconfirmed;
    OPENED = 39, "Opened", "opened", unconfirmed;
    OUTOF_RANGE = 40, "OutofRange", "out of range", unconfirmed;
    PREEMPTED = 41, "Preempted", "preempted", unconfirmed;
    CONNECTED = 42, "Connected", "connected";
    CORRUPTED = 43, "Corrupted", "corrupted", unconfirmed;
    PROCESSED = 44, "Processed", "processed", unconfirmed;
    CROSS_PHASE_DETECTED = 45, "CrossPhaseDetected", "cross phase detected", unconfirmed;
    READ = 46, "Read", "read", unconfirmed;
    LOSS_DETECTED = 47, "LossDetected", "lost", unconfirmed;
    READY = 48, "Ready", "ready", unconfirmed;
    RE_ESTABLISHED = 49, "Re-established", "re-established", unconfirmed;
    REGISTERED = 50, "Registered", "registered", unconfirmed;
    RELEASED = 51, "Released", "released", unconfirmed;
    REPLACED = 52, "Replaced", "replaced", unconfirmed;
    RESTARTED = 53, "Restarted", "restarted", unconfirmed;
    START = 54, "Start", "start", unconfirmed;
    STOP = 55, "Stop", "stop", unconfirmed;
    SUBSTITUTED = 56, "Substituted", "substituted", unconfirmed;
    DECREASED = 57, "Decreased", "decreased", unconfirmed;
    SUCCEEDED = 58, "Succeeded", "succeeded", unconfirmed;
    TERMINATED = 59, "Terminated", "terminated", unconfirmed;
    UPLOADED = 60, "Uploaded", "uploaded", unconfirmed;
    UNINITIALIZED = 61, "Uninitialized", "not initialised", unconfirmed;
    UNLOCKED = 62, "Unlocked", "unlocked", unconfirmed;
    UNSECURE = 63, "Unsecure", "not secure", unconfirmed;
    EXPIRED = 64, "Expired", "expired", unconfirmed;
    RESET_FAILED = 65, "ResetFailed", "reset failed", unconfirmed;
    DISABLED = 66, "Disabled", "disabled", unconfirmed;
    CONNECT_FAILED = 67, "ConnectFailed", "connecting failed", unconfirmed;
    DISCONNECTED = 68, "Disconnected", "disconnected";
    HIGH_DISTORTION = 69, "HighDistortion", "high distortion", unconfirmed;
    CROSS_PHASE_CLEARED = 70, "CrossPhaseCleared", "cross phase cleared", unconfirmed;
    HIGH_DISTORTION_CLEARED = 71, "HighDistortionCleared", "high distortion cleared", unconfirmed;
    INACTIVE_CLEARED = 72, "InactiveCleared", "active again", unconfirmed;
    MAX_LIMIT_REACHED_CLEARED = 73, "MaxLimitReachedCleared", "back below the upper limit", unconfirmed;
    OUTOF_RANGE_CLEARED = 74, "OutofRangeCleared", "back in range", unconfirmed;
    IMBALANCE_CLEARED = 75, "ImbalanceCleared", "balanced again", unconfirmed;
    ENABLED = 76, "Enabled", "enabled", unconfirmed;
    DISPLAY = 77, "Display", "display", unconfirmed;
    DISPLAYED = 78, "Displayed", "displayed", unconfirmed;
    ERROR = 79, "Error", "error", unconfirmed;
    OPTED_IN = 80, "Opted-In", "opted in", unconfirmed;
    OPTED_OUT = 81, "Opted-Out", "opted out", unconfirmed;
    CREATE = 82, "Create", "create", unconfirmed;
    CREATED = 83, "Created", "created", unconfirmed;
    DISCONNECT_FAILED = 84, "DisconnectFailed", "disconnecting failed", unconfirmed;
    FAILED = 85, "Failed", "failed";
    CANCEL_FAILED = 86, "CancelFailed", "cancelling failed", unconfirmed;
    DISPLAY_FAILED = 87, "DisplayFailed", "displaying failed", unconfirmed;
    FROZEN = 88, "Frozen", "frozen", unconfirmed;
    DISTORTED = 91, "Distorted", "distorted", unconfirmed;
    MAX_LIMIT_REACHED = 93, "MaxLimitReached", "upper limit reached";
    IMBALANCED = 98, "Imbalanced", "unbalanced", unconfirmed;
    INACTIVE = 100, "Inactive", "inactive", unconfirmed;
    INCREASED = 102, "Increased", "increased", unconfirmed;
    INSTALLED = 105, "Installed", "installed", unconfirmed;
    EXCEEDED = 139, "Exceeded", "exceeded", unconfirmed;
    MIN_LIMIT_REACHED = 150, "MinLimitReached", "lower limit reached", unconfirmed;
    MISMATCHED = 159, "Mismatched", "mismatched", unconfirmed;
    NOT_FOUND = 160, "NotFound", "not found", unconfirmed;
    DISALLOWED = 161, "Disallowed", "not allowed", unconfirmed;
    OVERFLOW = 177, "Overflow", "overflowed", unconfirmed;
    REMOVED = 212, "Removed", "removed", unconfirmed;
    REPROGRAMMED = 213, "Reprogrammed", "reprogrammed", unconfirmed;
    RESET = 214, "Reset", "reset", unconfirmed;
    RESET_OCCURRED = 215, "ResetOccurred", "reset done", unconfirmed;
    RESTORED = 216, "Restored", "restored";
    START_FAILED = 217, "StartFailed", "starting failed", unconfirmed;
    STOP_FAILED = 218, "StopFailed", "stopping failed", unconfirmed;
    REVERSED = 219, "Reversed", "reversed", unconfirmed;
    DISABLE_FAILED = 220, "DisableFailed", "disabling failed", unconfirmed;
    ENABLE_FAILED = 221, "EnableFailed", "enabling failed", unconfirmed;
    ARM_FOR_OPEN_FAILED = 222, "ArmForOpenFailed", "arming for opening failed", unconfirmed;
    SAG_STARTED = 223, "SagStarted", "sag started", unconfirmed;
    SAG_STOPPED = 224, "SagStopped", "sag stopped", unconfirmed;
    SCHEDULED = 225, "Scheduled", "scheduled", unconfirmed;
    ARM_FOR_CLOSURE_FAILED = 226, "ArmForClosureFailed", "arming for closure failed", unconfirmed;
    SEALED = 227, "Sealed", "sealed", unconfirmed;
    STARTED = 242, "Started", "started", unconfirmed;
    STOPPED = 243, "Stopped", "stopped", unconfirmed;
    SWELL_STARTED = 248, "SwellStarted", "swell started", unconfirmed;
    SWELL_STOPPED = 249, "SwellStopped", "swell stopped", unconfirmed;
    TAMPER_DETECTED = 257, "TamperDetected", "tampered with";
    TILTED = 263, "Tilted", "tilted", unconfirmed;
    UNSEALED = 269, "Unsealed", "unsealed", unconfirmed;
    UNSTABLE = 270, "Unstable", "unstable", unconfirmed;
    WARM_STARTED = 278, "WarmStarted", "warm started", unconfirmed;
    ERROR_CLEARED = 279, "ErrorCleared", "error cleared", unconfirmed;
    READY_FOR_ACTIVATION = 280, "ReadyForActivation", "ready for activation", unconfirmed;
    CORRUPTION_CLEARED = 281, "CorruptionCleared", "corruption cleared", unconfirmed;
    WRITE_FAILED = 282, "WriteFailed", "writing failed", unconfirmed;
    ALMOST_FULL = 283, "AlmostFull", "almost full", unconfirmed;
    MISSING = 285, "Missing", "missing", unconfirmed;
    LIMIT_REACHED = 286, "LimitReached", "limit reached", unconfirmed;
    EVENT_STARTED = 287, "EventStarted", "event started", unconfirmed;
    EVENT_STOPPED = 288, "EventStopped", "event stopped", unconfirmed;
    SWITCH_POSITION_CHANGED = 289, "SwitchPositionChanged", "switch position changed", unconfirmed;
    NOT_ARMED = 290, "NotArmed", "not armed", unconfirmed;
    TAMPER_CLEARED = 291, "TamperCleared", "tampering cleared", unconfirmed;
    MIN_LIMIT_CLEARED = 292, "MinLimitCleared", "minimum cleared", unconfirmed;
    MAX_LIMIT_CLEARED = 293, "MaxLimitCleared", "maximum cleared", unconfirmed;
    MIN_LIMIT_CHANGED = 294, "MinLimitChanged", "minimum changed", unconfirmed;
    MAX_LIMIT_CHANGED = 295, "MaxLimitChanged", "maximum changed", unconfirmed;
    LIMIT_CHANGED = 296, "LimitChanged", "limit changed", unconfirmed;
    CREATE_FAILED = 297, "CreateFailed", "creation failed", unconfirmed;
    OPEN = 298, "Open", "open", unconfirmed;
    CLOSE = 299, "Close", "close", unconfirmed;
    SCHEDULE = 300, "Schedule", "schedule", unconfirmed;
    SCHEDULE_FAILED = 301, "ScheduleFailed", "scheduling failed", unconfirmed;
    TERMINATE_FAILED = 303, "TerminateFailed", "terminating failed", unconfirmed;
}

impl EventOrAction {
    /// What a control may ask for; each of the list of controls.
    pub const ACTIONS: &'static [Self] = &[
        Self::ARM_FOR_CLOSURE,
        Self::ARM_FOR_OPEN,
        Self::CANCEL,
        Self::CANCELLED,
        Self::ARMED_FOR_CLOSURE,
        Self::ARMED_FOR_OPEN,
        Self::CHANGE,
        Self::CONNECT,
        Self::DISABLE,
        Self::DISCONNECT,
        Self::ENABLE,
        Self::CHANGE_OUT_REQUIRED,
        Self::EXECUTE,
        Self::READ,
        Self::START,
        Self::STOP,
        Self::DISPLAY,
        Self::CREATE,
        Self::RESET,
        Self::STOPPED,
        Self::OPEN,
        Self::CLOSE,
        Self::SCHEDULE,
        Self::SCHEDULE_FAILED,
    ];
}
