//! Part 15 of the reading type.

use crate::code_list::code_list;

code_list! {
    /// Part 15: the phases, or from which conductor to which.
    ///
    /// A first group of bits (A = 128, B = 64, C = 32, N = 16) names where, a second one (A = 8, B = 4,
    /// C = 2, N = 1) against what.
    pub struct Phases(u16);
    /// Nothing said; not the same as all three.
    NONE = 0, "none";
    /// The neutral conductor.
    N = 16, "N";
    /// Neutral to ground.
    NG = 17, "NG";
    /// Phase C.
    C = 32, "C";
    /// C to neutral.
    CN = 33, "CN";
    /// C to A.
    CA = 40, "CA";
    /// C, A and neutral.
    CAN = 41, "CAN";
    /// Phase B.
    B = 64, "B";
    /// B to neutral.
    BN = 65, "BN";
    /// B to C.
    BC = 66, "BC";
    /// B to A.
    BA = 72, "BA";
    /// B, C and neutral.
    BCN = 97, "BCN";
    /// Phase A.
    A = 128, "A";
    /// A to neutral.
    AN = 129, "AN";
    /// A to B.
    AB = 132, "AB";
    /// A against A: the current of A, seen from its voltage.
    AA = 136, "AA";
    /// A, B and neutral.
    ABN = 193, "ABN";
    /// All three.
    ABC = 224, "ABC";
    /// All three and neutral.
    ABCN = 225, "ABCN";
    /// Second secondary phase of a split phase service.
    S2 = 256, "S2";
    /// Second secondary phase to neutral.
    S2_TO_N = 257, "S2 to N";
    /// Second secondary phase and neutral; others write 257.
    S2_N = 272, "S2N";
    /// First secondary phase of a split phase service.
    S1 = 512, "S1";
    /// First secondary phase to neutral.
    S1_TO_N = 513, "S1 to N";
    /// First secondary phase and neutral; others write 513.
    S1_N = 528, "S1N";
    /// First to second secondary phase.
    S12 = 768, "S12";
    /// Both secondary phases to neutral.
    S12_TO_N = 769, "S12 to N";
    /// Both secondary phases and neutral; others write 769.
    S12_N = 784, "S12N";
    /// A phase, not known which.
    X = 1024, "X";
    /// A phase, not known which, and neutral.
    XN = 1040, "XN";
    /// Wye service on three wires. Known from one source only, unconfirmed.
    THREE_WIRE_WYE = 1248, "three-wire wye";
    /// Wye service on four wires. Known from one source only, unconfirmed.
    FOUR_WIRE_WYE = 1249, "four-wire wye";
    /// Delta service on three wires. Known from one source only, unconfirmed.
    THREE_WIRE_DELTA = 2272, "three-wire delta";
    /// Delta service on four wires. Known from one source only, unconfirmed.
    FOUR_WIRE_DELTA = 2273, "four-wire delta";
    /// Two phases, not known which.
    XY = 3072, "XY";
    /// Two phases, not known which, and neutral.
    XYN = 3088, "XYN";
    /// High-leg delta service on four wires. Known from one source only, unconfirmed.
    FOUR_WIRE_HIGH_LEG_DELTA = 6369, "four-wire high-leg delta";
    /// Open delta service on four wires. Known from one source only, unconfirmed.
    FOUR_WIRE_OPEN_DELTA = 10465, "four-wire open delta";
    /// Networked service. Known from one source only, unconfirmed.
    NETWORKED = 17153, "networked";
}
