#ifndef CSCAN_VARIANT_H
#define CSCAN_VARIANT_H

// The ways in which the kernels are written, the slow ones first. A kernel takes the last one that it has and that the
// machine can run, found out when it is first called. All give the same results.
enum cscan_variant {
    // Plain C, for any machine.
    CSCAN_PORTABLE,
    // arm64: NEON, and for CRC-32 the optional CRC32 instructions.
    CSCAN_NEON,
    // x86-64 with vectors of 16 bytes: SSE2 for strings, SSE4.1 for UTF-8 and base64, PCLMULQDQ for CRC-32.
    CSCAN_SSE,
    // x86-64 with vectors of 32 bytes: AVX2, and for CRC-32 VPCLMULQDQ.
    CSCAN_AVX2,
    // x86-64 with vectors of 64 bytes: AVX-512, for strings and, with VPCLMULQDQ, for CRC-32.
    CSCAN_AVX512,
    // How many there are.
    CSCAN_VARIANTS,
};
#endif
