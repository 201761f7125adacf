#include "CScanBase64.h"

#include <stdatomic.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

typedef size_t base64_kernel(uint8_t *to, const uint8_t *from, size_t count);

// The six bits of each symbol; `foreign` for a byte that is none.
static uint8_t values[256];
enum { foreign = 0x80 };

__attribute__((constructor)) static void fill_values(void) {
    static const char symbols[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    memset(values, foreign, sizeof values);
    for (uint8_t value = 0; value < 64; value++) values[(uint8_t)symbols[value]] = value;
}

static size_t base64_portable(uint8_t *to, const uint8_t *from, size_t count) {
    size_t taken = 0;
    for (; count - taken >= 4; taken += 4, to += 3) {
        uint32_t a = values[from[taken]], b = values[from[taken + 1]], c = values[from[taken + 2]],
                 d = values[from[taken + 3]];
        if ((a | b | c | d) & foreign) break;
        uint32_t bits = a << 18 | b << 12 | c << 6 | d;
        to[0] = (uint8_t)(bits >> 16);
        to[1] = (uint8_t)(bits >> 8);
        to[2] = (uint8_t)bits;
    }
    return taken;
}

#if defined(__x86_64__) || defined(__aarch64__)
// In vectors (Muła and Lemire, "Faster Base64 Encoding and Decoding Using AVX2 Instructions"): the upper half of a
// symbol tells what to add to make it its value. Only '/' has its upper half in common with a symbol that wants another
// sum, '+', and is given the entry before.
#define VALUE_SHIFTS                                                                                                   \
    0, 63 - '/', 62 - '+', 52 - '0', 0 - 'A', 0 - 'A', 26 - 'a', 26 - 'a', 0, 0, 0, 0, 0, 0, 0, 0

// The kinds of bytes by their upper half. One is a symbol unless its lower half excludes its kind.
enum {
    SIGNS = 0x01,
    DIGITS = 0x02,
    LETTERS_TO_O = 0x04,
    LETTERS_TO_Z = 0x08,
    NO_SYMBOLS = 0x10,
};
#define KINDS                                                                                                          \
    NO_SYMBOLS, NO_SYMBOLS, SIGNS, DIGITS, LETTERS_TO_O, LETTERS_TO_Z, LETTERS_TO_O, LETTERS_TO_Z, NO_SYMBOLS,         \
        NO_SYMBOLS, NO_SYMBOLS, NO_SYMBOLS, NO_SYMBOLS, NO_SYMBOLS, NO_SYMBOLS, NO_SYMBOLS
#define EXCLUDED_0 (NO_SYMBOLS | SIGNS | LETTERS_TO_O)
#define EXCLUDED_1_TO_9 (NO_SYMBOLS | SIGNS)
#define EXCLUDED_A (NO_SYMBOLS | SIGNS | DIGITS)
#define EXCLUDED_B_F (NO_SYMBOLS | DIGITS | LETTERS_TO_Z)
#define EXCLUDED_C_TO_E (NO_SYMBOLS | SIGNS | DIGITS | LETTERS_TO_Z)
#define EXCLUDED                                                                                                       \
    EXCLUDED_0, EXCLUDED_1_TO_9, EXCLUDED_1_TO_9, EXCLUDED_1_TO_9, EXCLUDED_1_TO_9, EXCLUDED_1_TO_9, EXCLUDED_1_TO_9,  \
        EXCLUDED_1_TO_9, EXCLUDED_1_TO_9, EXCLUDED_1_TO_9, EXCLUDED_A, EXCLUDED_B_F, EXCLUDED_C_TO_E, EXCLUDED_C_TO_E, \
        EXCLUDED_C_TO_E, EXCLUDED_B_F
#endif

#if defined(__x86_64__)
#define TARGET_SSE __attribute__((target("sse4.1")))
#define TARGET_AVX2 __attribute__((target("avx2")))

// Weights that join two values of 6 bits, then two of 12, and the order that puts the three bytes of each 24 bits, the
// last one first there, behind each other.
#define WEIGHTS_OF_6 0x01400140
#define WEIGHTS_OF_12 0x00011000
#define BYTES_OF_24 2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1

TARGET_SSE static size_t base64_sse(uint8_t *to, const uint8_t *from, size_t count) {
    const __m128i kinds = _mm_setr_epi8(KINDS), excluded = _mm_setr_epi8(EXCLUDED);
    const __m128i shifts = _mm_setr_epi8(VALUE_SHIFTS), bytes_of_24 = _mm_setr_epi8(BYTES_OF_24);
    const __m128i low = _mm_set1_epi8(15), slash = _mm_set1_epi8('/');
    size_t taken = 0;
    // Stores 4 bytes more than it has; two more groups make room for them.
    for (; count - taken >= 16 + 8; taken += 16, to += 12) {
        __m128i block = _mm_loadu_si128((const __m128i *)(from + taken));
        __m128i upper = _mm_and_si128(_mm_srli_epi16(block, 4), low);
        __m128i lower = _mm_and_si128(block, low);
        if (!_mm_testz_si128(_mm_shuffle_epi8(kinds, upper), _mm_shuffle_epi8(excluded, lower))) break;
        __m128i entry = _mm_add_epi8(upper, _mm_cmpeq_epi8(block, slash));
        __m128i sixes = _mm_add_epi8(block, _mm_shuffle_epi8(shifts, entry));
        __m128i twelves = _mm_maddubs_epi16(sixes, _mm_set1_epi32(WEIGHTS_OF_6));
        __m128i words = _mm_madd_epi16(twelves, _mm_set1_epi32(WEIGHTS_OF_12));
        _mm_storeu_si128((__m128i *)to, _mm_shuffle_epi8(words, bytes_of_24));
    }
    return taken + base64_portable(to, from + taken, count - taken);
}

TARGET_AVX2 static size_t base64_avx2(uint8_t *to, const uint8_t *from, size_t count) {
    const __m256i kinds = _mm256_setr_epi8(KINDS, KINDS), excluded = _mm256_setr_epi8(EXCLUDED, EXCLUDED);
    const __m256i shifts = _mm256_setr_epi8(VALUE_SHIFTS, VALUE_SHIFTS);
    const __m256i bytes_of_24 = _mm256_setr_epi8(BYTES_OF_24, BYTES_OF_24);
    const __m256i together = _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 3, 7);
    const __m256i low = _mm256_set1_epi8(15), slash = _mm256_set1_epi8('/');
    size_t taken = 0;
    // Stores 8 bytes more than it has; three more groups make room for them.
    for (; count - taken >= 32 + 12; taken += 32, to += 24) {
        __m256i block = _mm256_loadu_si256((const __m256i *)(from + taken));
        __m256i upper = _mm256_and_si256(_mm256_srli_epi16(block, 4), low);
        __m256i lower = _mm256_and_si256(block, low);
        if (!_mm256_testz_si256(_mm256_shuffle_epi8(kinds, upper), _mm256_shuffle_epi8(excluded, lower))) break;
        __m256i entry = _mm256_add_epi8(upper, _mm256_cmpeq_epi8(block, slash));
        __m256i sixes = _mm256_add_epi8(block, _mm256_shuffle_epi8(shifts, entry));
        __m256i twelves = _mm256_maddubs_epi16(sixes, _mm256_set1_epi32(WEIGHTS_OF_6));
        __m256i words = _mm256_madd_epi16(twelves, _mm256_set1_epi32(WEIGHTS_OF_12));
        __m256i bytes = _mm256_permutevar8x32_epi32(_mm256_shuffle_epi8(words, bytes_of_24), together);
        _mm256_storeu_si256((__m256i *)to, bytes);
    }
    return taken + base64_sse(to, from + taken, count - taken);
}
#elif defined(__aarch64__)
// 16 values, and in `wrong` what excludes any of them.
static inline uint8x16_t values_of(uint8x16_t symbols, uint8x16_t *wrong) {
    static const uint8_t kinds[16] = {KINDS}, excluded[16] = {EXCLUDED};
    static const int8_t shifts[16] = {VALUE_SHIFTS};
    uint8x16_t upper = vshrq_n_u8(symbols, 4), lower = vandq_u8(symbols, vdupq_n_u8(15));
    *wrong = vorrq_u8(*wrong, vandq_u8(vqtbl1q_u8(vld1q_u8(kinds), upper), vqtbl1q_u8(vld1q_u8(excluded), lower)));
    uint8x16_t entry = vaddq_u8(upper, vceqq_u8(symbols, vdupq_n_u8('/')));
    return vaddq_u8(symbols, vreinterpretq_u8_s8(vqtbl1q_s8(vld1q_s8(shifts), entry)));
}

static size_t base64_neon(uint8_t *to, const uint8_t *from, size_t count) {
    size_t taken = 0;
    for (; count - taken >= 64; taken += 64, to += 48) {
        // The first symbols of 16 groups, the second ones, and so on.
        uint8x16x4_t block = vld4q_u8(from + taken);
        uint8x16_t wrong = vdupq_n_u8(0);
        uint8x16_t a = values_of(block.val[0], &wrong), b = values_of(block.val[1], &wrong);
        uint8x16_t c = values_of(block.val[2], &wrong), d = values_of(block.val[3], &wrong);
        if (vmaxvq_u8(wrong) != 0) break;
        uint8x16x3_t bytes = {{
            vorrq_u8(vshlq_n_u8(a, 2), vshrq_n_u8(b, 4)),
            vorrq_u8(vshlq_n_u8(b, 4), vshrq_n_u8(c, 2)),
            vorrq_u8(vshlq_n_u8(c, 6), d),
        }};
        vst3q_u8(to, bytes);
    }
    return taken + base64_portable(to, from + taken, count - taken);
}
#endif

static base64_kernel *kernel_of(enum cscan_variant variant) {
    switch (variant) {
    case CSCAN_PORTABLE: return base64_portable;
#if defined(__x86_64__)
    case CSCAN_SSE: return __builtin_cpu_supports("sse4.1") ? base64_sse : NULL;
    case CSCAN_AVX2: return __builtin_cpu_supports("avx2") ? base64_avx2 : NULL;
#elif defined(__aarch64__)
    case CSCAN_NEON: return base64_neon;
#endif
    default: return NULL;
    }
}

static base64_kernel *best(void) {
    base64_kernel *kernel = NULL;
    for (enum cscan_variant variant = CSCAN_VARIANTS; kernel == NULL;) kernel = kernel_of(--variant);
    return kernel;
}

size_t cscan_base64_run(uint8_t *to, const uint8_t *from, size_t count) {
    // Whichever thread finds it out, the answer is the same.
    static _Atomic(base64_kernel *) chosen;
    base64_kernel *kernel = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (kernel == NULL) atomic_store_explicit(&chosen, kernel = best(), memory_order_relaxed);
    return kernel(to, from, count);
}

bool cscan_base64_has(enum cscan_variant variant) { return kernel_of(variant) != NULL; }

size_t cscan_base64_run_using(enum cscan_variant variant, uint8_t *to, const uint8_t *from, size_t count) {
    return kernel_of(variant)(to, from, count);
}
