#include "CScanUTF8.h"

#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

typedef size_t utf8_kernel(const uint8_t *text, size_t count);

// The length of the character beyond ASCII at `text`, or 0 when there is none.
static size_t character_bytes(const uint8_t *text, size_t count) {
    uint8_t first = text[0], second_min = 0x80, second_max = 0xBF;
    if (first < 0xC2 || first > 0xF4) return 0;
    size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (count < length) return 0;
    switch (first) {
    case 0xE0: second_min = 0xA0; break;
    case 0xED: second_max = 0x9F; break;
    case 0xF0: second_min = 0x90; break;
    case 0xF4: second_max = 0x8F; break;
    }
    if (text[1] < second_min || text[1] > second_max) return 0;
    for (size_t at = 2; at < length; at++) {
        if ((text[at] & 0xC0) != 0x80) return 0;
    }
    return length;
}

// `at` is where a character begins.
static size_t utf8_portable_from(const uint8_t *text, size_t at, size_t count) {
    for (;;) {
        for (; count - at >= 16; at += 16) {
            uint64_t words[2];
            memcpy(words, text + at, sizeof words);
            if ((words[0] | words[1]) & 0x8080808080808080u) break;
        }
        while (at < count && text[at] < 0x80) at++;
        if (at == count) return count;
        do {
            size_t length = character_bytes(text + at, count - at);
            if (length == 0) return at;
            at += length;
        } while (at < count && text[at] >= 0x80);
    }
}

static size_t utf8_portable(const uint8_t *text, size_t count) { return utf8_portable_from(text, 0, count); }

#if defined(__x86_64__) || defined(__aarch64__)
// The first fault, which is not before `at`, but for a character that begins there and does not end there.
static size_t utf8_fault(const uint8_t *text, size_t at, size_t count) {
    if (at > 0) {
        do at--;
        while ((text[at] & 0xC0) == 0x80);
    }
    return utf8_portable_from(text, at, count);
}

// The faults that two bytes in a row can have.
enum {
    // The first byte of a character and one that does not continue it.
    TOO_SHORT = 0x01,
    // ASCII and a byte that continues nothing.
    TOO_LONG = 0x02,
    // E0 and 80…9F.
    OVERLONG_3 = 0x04,
    // F4 and 90…BF, F5…FF and 90…BF.
    ABOVE_LAST = 0x08,
    // ED and A0…BF.
    SURROGATE = 0x10,
    // C0…C1 and 80…BF.
    OVERLONG_2 = 0x20,
    // F0 and 80…8F. F5…FF and 80…8F are above the last character, and have this bit to themselves.
    OVERLONG_4 = 0x40,
    ABOVE_ALL = ABOVE_LAST | OVERLONG_4,
    // A fault unless the second is the third or fourth byte of a character.
    BOTH_CONTINUE = 0x80,
    // What the lower half of the first byte has no part in.
    ANY_LOW = TOO_SHORT | TOO_LONG | BOTH_CONTINUE,
    // What any second byte of 80…BF leaves possible.
    CONTINUES = TOO_LONG | OVERLONG_2 | BOTH_CONTINUE,
};
#endif

#if defined(__x86_64__)
typedef uint8_t vector_16 __attribute__((vector_size(16)));
typedef uint8_t vector_32 __attribute__((vector_size(32)));

#define UTF8_RUN utf8_sse
#define UTF8_TARGET __attribute__((target("sse4.1")))
#define UTF8_VECTOR vector_16
#define UTF8_REPEATED(...) {__VA_ARGS__}
#define UTF8_LOOKUP(table, indices) ((vector_16)_mm_shuffle_epi8((__m128i)(table), (__m128i)(indices)))
#define UTF8_BEFORE(n, vector, last) ((vector_16)_mm_alignr_epi8((__m128i)(vector), (__m128i)(last), 16 - (n)))
#define UTF8_EXCESS(vector, bytes) ((vector_16)_mm_subs_epu8((__m128i)(vector), _mm_set1_epi8(bytes)))
#define UTF8_ANY(vector, bits) (!_mm_testz_si128((__m128i)(vector), (__m128i)(bits)))
#include "UTF8Blocks.h"

#define UTF8_RUN utf8_avx2
#define UTF8_TARGET __attribute__((target("avx2")))
#define UTF8_VECTOR vector_32
#define UTF8_REPEATED(...) {__VA_ARGS__, __VA_ARGS__}
#define UTF8_LOOKUP(table, indices) ((vector_32)_mm256_shuffle_epi8((__m256i)(table), (__m256i)(indices)))
// Works in halves of 16 bytes, so each half needs the one before it.
#define UTF8_BEFORE(n, vector, last)                                                                                   \
    ((vector_32)_mm256_alignr_epi8(                                                                                    \
        (__m256i)(vector), _mm256_permute2x128_si256((__m256i)(last), (__m256i)(vector), 0x21), 16 - (n)))
#define UTF8_EXCESS(vector, bytes) ((vector_32)_mm256_subs_epu8((__m256i)(vector), _mm256_set1_epi8(bytes)))
#define UTF8_ANY(vector, bits) (!_mm256_testz_si256((__m256i)(vector), (__m256i)(bits)))
#include "UTF8Blocks.h"
#elif defined(__aarch64__)
#define UTF8_RUN utf8_neon
#define UTF8_TARGET
#define UTF8_VECTOR uint8x16_t
#define UTF8_REPEATED(...) {__VA_ARGS__}
#define UTF8_LOOKUP(table, indices) vqtbl1q_u8(table, indices)
#define UTF8_BEFORE(n, vector, last) vextq_u8(last, vector, 16 - (n))
#define UTF8_EXCESS(vector, bytes) vqsubq_u8(vector, vdupq_n_u8(bytes))
#define UTF8_ANY(vector, bits) (vmaxvq_u8((vector) & (bits)) != 0)
#include "UTF8Blocks.h"
#endif

static utf8_kernel *kernel_of(enum cscan_variant variant) {
    switch (variant) {
    case CSCAN_PORTABLE: return utf8_portable;
#if defined(__x86_64__)
    case CSCAN_SSE: return __builtin_cpu_supports("sse4.1") ? utf8_sse : NULL;
    case CSCAN_AVX2: return __builtin_cpu_supports("avx2") ? utf8_avx2 : NULL;
#elif defined(__aarch64__)
    case CSCAN_NEON: return utf8_neon;
#endif
    default: return NULL;
    }
}

static utf8_kernel *best(void) {
    utf8_kernel *kernel = NULL;
    for (enum cscan_variant variant = CSCAN_VARIANTS; kernel == NULL;) kernel = kernel_of(--variant);
    return kernel;
}

size_t cscan_utf8_run(const void *text, size_t count) {
    // Whichever thread finds it out, the answer is the same.
    static _Atomic(utf8_kernel *) chosen;
    utf8_kernel *kernel = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (kernel == NULL) atomic_store_explicit(&chosen, kernel = best(), memory_order_relaxed);
    return kernel(text, count);
}

bool cscan_utf8_has(enum cscan_variant variant) { return kernel_of(variant) != NULL; }

size_t cscan_utf8_run_using(enum cscan_variant variant, const void *text, size_t count) {
    return kernel_of(variant)(text, count);
}
