//! Part 4 of event and control codes.

use super::part_list::part_list;

part_list! {
    /// Part 4 of an event or control code: what happened, or what is to be done.
    ///
    /// Events and controls share one list: the same number never means one thing as an event and another
    /// as an action, and whole codes of either kind use both. [`ACTIONS`](Self::ACTIONS) are those that a
    /// control may say.
    pub struct EventOrAction;
    NONE = 0, "NA", "none";
    ABORTED = 1, "Aborted", "aborted";
    ACCESSED = 2, "Accessed", "accessed";
    ACKNOWLEDGED = 3, "Acknowledged", "acknowledged";
    ACTIVATED = 4, "Activated", "activated";
    ARM_FOR_CLOSURE = 5, "ArmForClosure", "arm for closure";
    ARM_FOR_OPEN = 6, "ArmForOpen", "arm for opening";
    ATTEMPTED = 7, "Attempted", "attempted";
    CANCEL = 8, "Cancel", "cancel";
    CANCELLED = 10, "Cancelled", "cancelled";
    ARMED_FOR_CLOSURE = 11, "ArmedForClosure", "armed for closure";
    ARMED_FOR_OPEN = 12, "ArmedForOpen", "armed for opening";
    CHANGE = 13, "Change", "change", confirmed;
    CHANGE_PENDING = 14, "ChangePending", "change pending";
    CHARGED = 15, "Charged", "charged";
    CLOSED = 16, "Closed", "closed";
    CONFIRMED = 17, "Confirmed", "confirmed";
    CONNECT = 18, "Connect", "connect", confirmed;
    DEACTIVATED = 19, "Deactivated", "deactivated";
    DELAYED = 20, "Delayed", "delayed";
    CALCULATED = 21, "Calculated", "calculated";
    DISABLE = 22, "Disable", "disable";
    DISCONNECT = 23, "Disconnect", "disconnect", confirmed;
    CHANGED = 24, "Changed", "changed";
    DOWNLOADED = 25, "Downloaded", "downloaded";
    ENABLE = 26, "Enable", "enable";
    CHANGE_OUT_REQUIRED = 27, "ChangeOutRequired" | "ChangeOut", "change-out required";
    CLEARED = 28, "Cleared", "cleared";
    ESTABLISHED = 29, "Established", "established";
    EXECUTE = 30, "Execute", "execute";
    COLD_STARTED = 31, "ColdStarted", "cold started";
    FULL = 32, "Full", "full";
    INITIALIZED = 33, "Initialized", "initialised";
    IN_PROGRESS = 34, "InProgress", "in progress";
    INVALID = 35, "Invalid", "invalid";
    LOADED = 36, "Loaded", "loaded";
    NORMAL = 37, "Normal", "normal";
    NOT_AUTHORIZED = 38, "NotAuthorized", "not authorised";
    OPENED = 39, "Opened", "opened";
    OUTOF_RANGE = 40, "OutofRange", "out of range";
    PREEMPTED = 41, "Preempted", "preempted";
    CONNECTED = 42, "Connected", "connected", confirmed;
    CORRUPTED = 43, "Corrupted", "corrupted";
    PROCESSED = 44, "Processed", "processed";
    CROSS_PHASE_DETECTED = 45, "CrossPhaseDetected", "cross phase detected";
    READ = 46, "Read", "read";
    LOSS_DETECTED = 47, "LossDetected", "lost";
    READY = 48, "Ready", "ready";
    RE_ESTABLISHED = 49, "Re-established", "re-established";
    REGISTERED = 50, "Registered", "registered";
    RELEASED = 51, "Released", "released";
    REPLACED = 52, "Replaced", "replaced";
    RESTARTED = 53, "Restarted", "restarted";
    START = 54, "Start", "start";
    STOP = 55, "Stop", "stop";
    SUBSTITUTED = 56, "Substituted", "substituted";
    DECREASED = 57, "Decreased", "decreased";
    SUCCEEDED = 58, "Succeeded", "succeeded";
    TERMINATED = 59, "Terminated", "terminated";
    UPLOADED = 60, "Uploaded", "uploaded";
    UNINITIALIZED = 61, "Uninitialized", "not initialised";
    UNLOCKED = 62, "Unlocked", "unlocked";
    UNSECURE = 63, "Unsecure", "not secure";
    EXPIRED = 64, "Expired", "expired";
    RESET_FAILED = 65, "ResetFailed", "reset failed";
    DISABLED = 66, "Disabled", "disabled";
    CONNECT_FAILED = 67, "ConnectFailed", "connecting failed";
    DISCONNECTED = 68, "Disconnected", "disconnected", confirmed;
    HIGH_DISTORTION = 69, "HighDistortion", "high distortion";
    CROSS_PHASE_CLEARED = 70, "CrossPhaseCleared", "cross phase cleared";
    HIGH_DISTORTION_CLEARED = 71, "HighDistortionCleared", "high distortion cleared";
    INACTIVE_CLEARED = 72, "InactiveCleared", "active again";
    MAX_LIMIT_REACHED_CLEARED = 73, "MaxLimitReachedCleared", "back below the upper limit";
    OUTOF_RANGE_CLEARED = 74, "OutofRangeCleared", "back in range";
    IMBALANCE_CLEARED = 75, "ImbalanceCleared", "balanced again";
    ENABLED = 76, "Enabled", "enabled";
    DISPLAY = 77, "Display", "display";
    DISPLAYED = 78, "Displayed", "displayed";
    ERROR = 79, "Error", "error";
    OPTED_IN = 80, "Opted-In", "opted in";
    OPTED_OUT = 81, "Opted-Out", "opted out";
    CREATE = 82, "Create", "create";
    CREATED = 83, "Created", "created";
    DISCONNECT_FAILED = 84, "DisconnectFailed", "disconnecting failed";
    FAILED = 85, "Failed", "failed", confirmed;
    CANCEL_FAILED = 86, "CancelFailed", "cancelling failed";
    DISPLAY_FAILED = 87, "DisplayFailed", "displaying failed";
    FROZEN = 88, "Frozen", "frozen";
    DISTORTED = 91, "Distorted", "distorted";
    MAX_LIMIT_REACHED = 93, "MaxLimitReached", "upper limit reached", confirmed;
    IMBALANCED = 98, "Imbalanced", "unbalanced";
    INACTIVE = 100, "Inactive", "inactive";
    INCREASED = 102, "Increased", "increased";
    INSTALLED = 105, "Installed", "installed";
    EXCEEDED = 139, "Exceeded", "exceeded";
    MIN_LIMIT_REACHED = 150, "MinLimitReached", "lower limit reached";
    MISMATCHED = 159, "Mismatched", "mismatched";
    NOT_FOUND = 160, "NotFound", "not found";
    DISALLOWED = 161, "Disallowed", "not allowed";
    OVERFLOW = 177, "Overflow", "overflowed";
    REMOVED = 212, "Removed", "removed";
    REPROGRAMMED = 213, "Reprogrammed", "reprogrammed";
    RESET = 214, "Reset", "reset";
    RESET_OCCURRED = 215, "ResetOccurred", "reset done";
    RESTORED = 216, "Restored", "restored", confirmed;
    START_FAILED = 217, "StartFailed", "starting failed";
    STOP_FAILED = 218, "StopFailed", "stopping failed";
    REVERSED = 219, "Reversed", "reversed";
    DISABLE_FAILED = 220, "DisableFailed", "disabling failed";
    ENABLE_FAILED = 221, "EnableFailed", "enabling failed";
    ARM_FOR_OPEN_FAILED = 222, "ArmForOpenFailed", "arming for opening failed";
    SAG_STARTED = 223, "SagStarted", "sag started";
    SAG_STOPPED = 224, "SagStopped", "sag stopped";
    SCHEDULED = 225, "Scheduled", "scheduled";
    ARM_FOR_CLOSURE_FAILED = 226, "ArmForClosureFailed", "arming for closure failed";
    SEALED = 227, "Sealed", "sealed";
    STARTED = 242, "Started", "started";
    STOPPED = 243, "Stopped", "stopped";
    SWELL_STARTED = 248, "SwellStarted", "swell started";
    SWELL_STOPPED = 249, "SwellStopped", "swell stopped";
    TAMPER_DETECTED = 257, "TamperDetected", "tampered with", confirmed;
    TILTED = 263, "Tilted", "tilted";
    UNSEALED = 269, "Unsealed", "unsealed";
    UNSTABLE = 270, "Unstable", "unstable";
    WARM_STARTED = 278, "WarmStarted", "warm started";
    ERROR_CLEARED = 279, "ErrorCleared", "error cleared";
    READY_FOR_ACTIVATION = 280, "ReadyForActivation", "ready for activation";
    CORRUPTION_CLEARED = 281, "CorruptionCleared", "corruption cleared";
    WRITE_FAILED = 282, "WriteFailed", "writing failed";
    ALMOST_FULL = 283, "AlmostFull", "almost full";
    MISSING = 285, "Missing", "missing";
    LIMIT_REACHED = 286, "LimitReached", "limit reached";
    EVENT_STARTED = 287, "EventStarted", "event started";
    EVENT_STOPPED = 288, "EventStopped", "event stopped";
    SWITCH_POSITION_CHANGED = 289, "SwitchPositionChanged", "switch position changed";
    NOT_ARMED = 290, "NotArmed", "not armed";
    TAMPER_CLEARED = 291, "TamperCleared", "tampering cleared";
    MIN_LIMIT_CLEARED = 292, "MinLimitCleared", "minimum cleared";
    MAX_LIMIT_CLEARED = 293, "MaxLimitCleared", "maximum cleared";
    MIN_LIMIT_CHANGED = 294, "MinLimitChanged", "minimum changed";
    MAX_LIMIT_CHANGED = 295, "MaxLimitChanged", "maximum changed";
    LIMIT_CHANGED = 296, "LimitChanged", "limit changed";
    CREATE_FAILED = 297, "CreateFailed", "creation failed";
    OPEN = 298, "Open", "open";
    CLOSE = 299, "Close", "close";
    SCHEDULE = 300, "Schedule", "schedule";
    SCHEDULE_FAILED = 301, "ScheduleFailed", "scheduling failed";
    TERMINATE_FAILED = 303, "TerminateFailed", "terminating failed";
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
