#include "CScanCRC32.h"

#include <stdatomic.h>
#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_acle.h>
#include <string.h>
#include <sys/auxv.h>
#endif

// Bytes are polynomials over GF(2), the highest power in the lowest bit of the first byte. The state is what has been
// read times x^32, modulo P = x^32 + x^26 + x^23 + … + 1; it begins as all ones, and the sum is its complement.
typedef uint32_t crc32_kernel(uint32_t state, const uint8_t *bytes, size_t count);

// P without its x^32.
static const uint32_t polynomial = 0xEDB88320;

// What a byte comes to that is followed by none, one … seven of the eight read at a time.
static uint32_t followed_by[8][256];

__attribute__((constructor)) static void fill_followed_by(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t state = byte;
        for (int bit = 0; bit < 8; bit++) state = (state >> 1) ^ (state & 1 ? polynomial : 0);
        followed_by[0][byte] = state;
    }
    for (int zeros = 1; zeros < 8; zeros++) {
        for (int byte = 0; byte < 256; byte++) {
            uint32_t state = followed_by[zeros - 1][byte];
            followed_by[zeros][byte] = (state >> 8) ^ followed_by[0][state & 0xFF];
        }
    }
}

static uint32_t crc32_portable(uint32_t state, const uint8_t *bytes, size_t count) {
    for (; count >= 8; bytes += 8, count -= 8) {
        // What does not wait for the state comes first.
        uint32_t later = followed_by[3][bytes[4]] ^ followed_by[2][bytes[5]] ^ followed_by[1][bytes[6]] ^
            followed_by[0][bytes[7]];
        state ^= bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
        state = later ^ (followed_by[7][state & 0xFF] ^ followed_by[6][state >> 8 & 0xFF]) ^
            (followed_by[5][state >> 16 & 0xFF] ^ followed_by[4][state >> 24]);
    }
    for (; count > 0; bytes++, count--) state = (state >> 8) ^ followed_by[0][(state ^ *bytes) & 0xFF];
    return state;
}

#if defined(__x86_64__)
// Folding (Gopal et al., "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction"): of 16 bytes with n
// bits behind them, the later eight times x^n modulo P and the earlier eight times x^(n + 64) modulo P may be added to
// the last 16 of what is behind. A factor of 32 bits in the place of 64 counts x^32 times itself, and the product of two
// polynomials written backwards comes out one bit low, for which the factors stand one bit high. So they are, in this
// order, x^(n - 32) and x^(n + 32) modulo P.
#define FOLD_128 0x0CCAA009E, 0x1751997D0
#define FOLD_512 0x1C6E41596, 0x154442BD4
#define FOLD_1024 0x14A7FE880, 0x1E88EF372
#define FOLD_2048 0x1322D1430, 0x11542778A

#define TARGET_SSE __attribute__((target("sse4.1,pclmul")))
#define TARGET_AVX2 __attribute__((target("avx2,vpclmulqdq,pclmul")))
#define TARGET_AVX512 __attribute__((target("avx512f,avx512vl,vpclmulqdq,pclmul")))

TARGET_SSE static inline __m128i load_16(const uint8_t *bytes) { return _mm_loadu_si128((const __m128i *)bytes); }

TARGET_SSE static inline __m128i fold_16(__m128i block, __m128i by, __m128i into) {
    __m128i earlier = _mm_clmulepi64_si128(block, by, 0x00), later = _mm_clmulepi64_si128(block, by, 0x11);
    return _mm_xor_si128(_mm_xor_si128(earlier, later), into);
}

// Folds 64 bytes, and what follows them, into 16, whose state is that of all.
TARGET_SSE static inline uint32_t finish(
    __m128i a, __m128i b, __m128i c, __m128i d, const uint8_t *bytes, size_t count) {
    const __m128i by = _mm_set_epi64x(FOLD_128);
    d = fold_16(fold_16(fold_16(a, by, b), by, c), by, d);
    for (; count >= 16; bytes += 16, count -= 16) d = fold_16(d, by, load_16(bytes));
    uint8_t rest[16];
    _mm_storeu_si128((__m128i *)rest, d);
    return crc32_portable(crc32_portable(0, rest, sizeof rest), bytes, count);
}

TARGET_SSE static uint32_t crc32_sse(uint32_t state, const uint8_t *bytes, size_t count) {
    if (count < 64) return crc32_portable(state, bytes, count);
    const __m128i by = _mm_set_epi64x(FOLD_512);
    __m128i before = _mm_cvtsi32_si128((int)state);
    __m128i a = _mm_xor_si128(load_16(bytes), before), b = load_16(bytes + 16), c = load_16(bytes + 32),
            d = load_16(bytes + 48);
    for (bytes += 64, count -= 64; count >= 64; bytes += 64, count -= 64) {
        a = fold_16(a, by, load_16(bytes));
        b = fold_16(b, by, load_16(bytes + 16));
        c = fold_16(c, by, load_16(bytes + 32));
        d = fold_16(d, by, load_16(bytes + 48));
    }
    return finish(a, b, c, d, bytes, count);
}

TARGET_AVX2 static inline __m256i load_32(const uint8_t *bytes) { return _mm256_loadu_si256((const __m256i *)bytes); }

TARGET_AVX2 static inline __m256i fold_32(__m256i block, __m256i by, __m256i into) {
    __m256i earlier = _mm256_clmulepi64_epi128(block, by, 0x00), later = _mm256_clmulepi64_epi128(block, by, 0x11);
    return _mm256_xor_si256(_mm256_xor_si256(earlier, later), into);
}

TARGET_AVX2 static uint32_t crc32_avx2(uint32_t state, const uint8_t *bytes, size_t count) {
    if (count < 128) return crc32_sse(state, bytes, count);
    const __m256i by = _mm256_broadcastsi128_si256(_mm_set_epi64x(FOLD_1024));
    __m256i before = _mm256_zextsi128_si256(_mm_cvtsi32_si128((int)state));
    __m256i a = _mm256_xor_si256(load_32(bytes), before), b = load_32(bytes + 32), c = load_32(bytes + 64),
            d = load_32(bytes + 96);
    for (bytes += 128, count -= 128; count >= 128; bytes += 128, count -= 128) {
        a = fold_32(a, by, load_32(bytes));
        b = fold_32(b, by, load_32(bytes + 32));
        c = fold_32(c, by, load_32(bytes + 64));
        d = fold_32(d, by, load_32(bytes + 96));
    }
    const __m256i by_512 = _mm256_broadcastsi128_si256(_mm_set_epi64x(FOLD_512));
    a = fold_32(a, by_512, c);
    b = fold_32(b, by_512, d);
    return finish(
        _mm256_castsi256_si128(a), _mm256_extracti128_si256(a, 1), _mm256_castsi256_si128(b),
        _mm256_extracti128_si256(b, 1), bytes, count);
}

TARGET_AVX512 static inline __m512i load_64(const uint8_t *bytes) { return _mm512_loadu_si512(bytes); }

TARGET_AVX512 static inline __m512i fold_64(__m512i block, __m512i by, __m512i into) {
    __m512i earlier = _mm512_clmulepi64_epi128(block, by, 0x00), later = _mm512_clmulepi64_epi128(block, by, 0x11);
    return _mm512_xor_si512(_mm512_xor_si512(earlier, later), into);
}

TARGET_AVX512 static uint32_t crc32_avx512(uint32_t state, const uint8_t *bytes, size_t count) {
    if (count < 256) return crc32_sse(state, bytes, count);
    const __m512i by = _mm512_broadcast_i32x4(_mm_set_epi64x(FOLD_2048));
    __m512i before = _mm512_zextsi128_si512(_mm_cvtsi32_si128((int)state));
    __m512i a = _mm512_xor_si512(load_64(bytes), before), b = load_64(bytes + 64), c = load_64(bytes + 128),
            d = load_64(bytes + 192);
    for (bytes += 256, count -= 256; count >= 256; bytes += 256, count -= 256) {
        a = fold_64(a, by, load_64(bytes));
        b = fold_64(b, by, load_64(bytes + 64));
        c = fold_64(c, by, load_64(bytes + 128));
        d = fold_64(d, by, load_64(bytes + 192));
    }
    const __m512i by_512 = _mm512_broadcast_i32x4(_mm_set_epi64x(FOLD_512));
    d = fold_64(fold_64(fold_64(a, by_512, b), by_512, c), by_512, d);
    for (; count >= 64; bytes += 64, count -= 64) d = fold_64(d, by_512, load_64(bytes));
    return finish(
        _mm512_castsi512_si128(d), _mm512_extracti32x4_epi32(d, 1), _mm512_extracti32x4_epi32(d, 2),
        _mm512_extracti32x4_epi32(d, 3), bytes, count);
}
#elif defined(__aarch64__)
__attribute__((target("+crc"))) static uint32_t crc32_neon(uint32_t state, const uint8_t *bytes, size_t count) {
    for (; count >= 8; bytes += 8, count -= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        state = __crc32d(state, word);
    }
    for (; count > 0; bytes++, count--) state = __crc32b(state, *bytes);
    return state;
}
#endif

static crc32_kernel *kernel_of(enum cscan_variant variant) {
    switch (variant) {
    case CSCAN_PORTABLE: return crc32_portable;
#if defined(__x86_64__)
    case CSCAN_SSE:
        return __builtin_cpu_supports("sse4.1") && __builtin_cpu_supports("pclmul") ? crc32_sse : NULL;
    case CSCAN_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("vpclmulqdq") ? crc32_avx2 : NULL;
    case CSCAN_AVX512:
        return __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("vpclmulqdq") ? crc32_avx512 : NULL;
#elif defined(__aarch64__)
    case CSCAN_NEON: return getauxval(AT_HWCAP) & HWCAP_CRC32 ? crc32_neon : NULL;
#endif
    default: return NULL;
    }
}

static crc32_kernel *best(void) {
    crc32_kernel *kernel = NULL;
    for (enum cscan_variant variant = CSCAN_VARIANTS; kernel == NULL;) kernel = kernel_of(--variant);
    return kernel;
}

uint32_t cscan_crc32(uint32_t crc, const void *bytes, size_t count) {
    // Whichever thread finds it out, the answer is the same.
    static _Atomic(crc32_kernel *) chosen;
    crc32_kernel *kernel = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (kernel == NULL) atomic_store_explicit(&chosen, kernel = best(), memory_order_relaxed);
    return ~kernel(~crc, bytes, count);
}

bool cscan_crc32_has(enum cscan_variant variant) { return kernel_of(variant) != NULL; }

uint32_t cscan_crc32_using(enum cscan_variant variant, uint32_t crc, const void *bytes, size_t count) {
    return ~kernel_of(variant)(~crc, bytes, count);
}
