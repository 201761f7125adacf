#include "CScanString.h"

#include <stdatomic.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#define ALWAYS_INLINE static inline __attribute__((always_inline))

// What the 64 bytes of a block are, one bit each, the first byte's the lowest.
struct block {
    uint64_t quote, backslash, control, non_ascii;
};

// A block classified, by each kernel in its way.
typedef struct block (*classify_function)(const uint8_t *bytes);

static uint16_t hex_digit(uint8_t byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : UINT16_MAX;
}

// The code unit that four hexadecimal digits make, or -1.
static int32_t code_unit(const uint8_t *digits) {
    int32_t unit = 0;
    for (int index = 0; index < 4; index++) {
        uint16_t digit = hex_digit(digits[index]);
        if (digit == UINT16_MAX) return -1;
        unit = unit << 4 | digit;
    }
    return unit;
}

// What the walk through a string knows from the blocks before.
struct walk {
    // The escape that began with the block before's last byte.
    uint64_t carried_escape;
    uint32_t saved;
    // Just after the last escape that stood for a lead surrogate. Zero, where no escape ends, while there is none.
    size_t lead_end;
};

// Counts what a `\u` escape saves beyond the one byte of every escape. `at` is at its `u`. False when it is none.
static bool take_unicode(struct walk *walk, const uint8_t *text, size_t at) {
    int32_t unit = code_unit(text + at + 1);
    if (unit < 0) return false;
    if (unit < 0x80) {
        walk->saved += 4;
    } else if (unit < 0x800) {
        walk->saved += 3;
    } else if ((unit & 0xFC00) == 0xDC00 && walk->lead_end != 0 && walk->lead_end == at - 1) {
        walk->saved += 4;  // four bytes for the pair, of which the lead already counts three
        walk->lead_end = 0;
    } else {
        walk->saved += 2;
        if ((unit & 0xFC00) == 0xD800) walk->lead_end = at + 5;
    }
    return true;
}

// What may follow a backslash, quotes and backslashes apart.
enum { NO_ESCAPE, SIMPLE_ESCAPE, UNICODE_ESCAPE };

static const uint8_t escape_kinds[256] = {
    ['n'] = SIMPLE_ESCAPE, ['t'] = SIMPLE_ESCAPE, ['r'] = SIMPLE_ESCAPE, ['b'] = SIMPLE_ESCAPE,
    ['f'] = SIMPLE_ESCAPE, ['/'] = SIMPLE_ESCAPE, ['u'] = UNICODE_ESCAPE,
};

// Checks the escaped bytes of a block other than quotes and backslashes.
static bool take_escapes(struct walk *walk, const uint8_t *text, size_t start, uint64_t escaped) {
    for (; escaped != 0; escaped &= escaped - 1) {
        size_t at = start + (size_t)__builtin_ctzll(escaped);
        uint8_t kind = escape_kinds[text[at]];
        if (kind == SIMPLE_ESCAPE) continue;
        if (kind == NO_ESCAPE || !take_unicode(walk, text, at)) return false;
    }
    return true;
}

// Which backslashes begin an escape: of each run of them every second one, from its first.
ALWAYS_INLINE uint64_t escape_starts(uint64_t backslashes) {
    const uint64_t even = 0x5555555555555555u;
    uint64_t run_starts = backslashes & ~(backslashes << 1);
    // Added to the first bit of a run, one ripples through it and clears it.
    uint64_t in_even_runs = backslashes & ~(backslashes + (run_starts & even));
    uint64_t in_odd_runs = backslashes ^ in_even_runs;
    return (in_even_runs & even) | (in_odd_runs & ~even);
}

ALWAYS_INLINE struct cscan_string scan(const uint8_t *text, size_t from, classify_function classify) {
    struct walk walk = {0};
    uint64_t non_ascii = 0;
    for (size_t start = from;; start += 64) {
        struct block block = classify(text + start);
        uint64_t starts = 0, escaped = walk.carried_escape;
        if (block.backslash != 0) {
            starts = escape_starts(block.backslash & ~walk.carried_escape);
            escaped |= starts << 1;
        }
        walk.carried_escape = starts >> 63;
        uint64_t end = block.quote & ~escaped;
        uint64_t before = (end - 1) & ~end;  // every byte when there is no end
        non_ascii |= block.non_ascii & before;
        walk.saved += (uint32_t)__builtin_popcountll(starts & before);
        uint64_t unusual = escaped & before & ~block.quote & ~block.backslash;
        bool is_right = (block.control & before) == 0;
        if (unusual != 0) is_right = take_escapes(&walk, text, start, unusual & ~block.control) && is_right;
        if (!is_right) return (struct cscan_string){.count = start, .has_non_ascii = non_ascii != 0};
        if (end != 0) {
            return (struct cscan_string){
                .count = start + (size_t)__builtin_ctzll(end), .saved = walk.saved, .is_closed = true,
                .has_non_ascii = non_ascii != 0};
        }
    }
}

// The high bits of eight bytes, gathered into one.
ALWAYS_INLINE uint64_t gathered(uint64_t highs) { return (highs >> 7) * 0x0102040810204080u >> 56; }

ALWAYS_INLINE uint64_t zero_bytes(uint64_t word) {
    const uint64_t low = 0x7F7F7F7F7F7F7F7Fu;
    return ~(((word & low) + low) | word | low);
}

ALWAYS_INLINE struct block classify_portable(const uint8_t *bytes) {
    const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
    struct block block = {0};
    for (int part = 0; part < 64; part += 8) {
        uint64_t word;
        memcpy(&word, bytes + part, 8);
        block.quote |= gathered(zero_bytes(word ^ (ones * '"'))) << part;
        block.backslash |= gathered(zero_bytes(word ^ (ones * '\\'))) << part;
        block.control |= gathered(zero_bytes(word & (ones * 0xE0))) << part;
        block.non_ascii |= gathered(word & highs) << part;
    }
    return block;
}

static struct cscan_string scan_portable(const uint8_t *text, size_t from) { return scan(text, from, classify_portable); }

#if defined(__x86_64__)
ALWAYS_INLINE struct block classify_sse(const uint8_t *bytes) {
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), last_control = _mm_set1_epi8(0x1F);
    struct block block = {0};
    for (int part = 0; part < 64; part += 16) {
        __m128i chunk = _mm_loadu_si128((const __m128i *)(bytes + part));
        __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(chunk, last_control), chunk);
        block.quote |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(chunk, quote)) << part;
        block.backslash |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(chunk, backslash)) << part;
        block.control |= (uint64_t)(unsigned)_mm_movemask_epi8(control) << part;
        block.non_ascii |= (uint64_t)(unsigned)_mm_movemask_epi8(chunk) << part;
    }
    return block;
}

static struct cscan_string scan_sse(const uint8_t *text, size_t from) { return scan(text, from, classify_sse); }

#define AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))

AVX2 ALWAYS_INLINE struct block classify_avx2(const uint8_t *bytes) {
    const __m256i quote = _mm256_set1_epi8('"'), backslash = _mm256_set1_epi8('\\');
    const __m256i last_control = _mm256_set1_epi8(0x1F);
    struct block block = {0};
    for (int part = 0; part < 64; part += 32) {
        __m256i chunk = _mm256_loadu_si256((const __m256i *)(bytes + part));
        __m256i control = _mm256_cmpeq_epi8(_mm256_min_epu8(chunk, last_control), chunk);
        block.quote |= (uint64_t)(unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(chunk, quote)) << part;
        block.backslash |= (uint64_t)(unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(chunk, backslash)) << part;
        block.control |= (uint64_t)(unsigned)_mm256_movemask_epi8(control) << part;
        block.non_ascii |= (uint64_t)(unsigned)_mm256_movemask_epi8(chunk) << part;
    }
    return block;
}

AVX2 static struct cscan_string scan_avx2(const uint8_t *text, size_t from) { return scan(text, from, classify_avx2); }

#define AVX512 __attribute__((target("avx512f,avx512bw,bmi,bmi2,popcnt")))

AVX512 ALWAYS_INLINE struct block classify_avx512(const uint8_t *bytes) {
    __m512i chunk = _mm512_loadu_si512(bytes);
    return (struct block){
        .quote = _mm512_cmpeq_epi8_mask(chunk, _mm512_set1_epi8('"')),
        .backslash = _mm512_cmpeq_epi8_mask(chunk, _mm512_set1_epi8('\\')),
        .control = _mm512_cmplt_epu8_mask(chunk, _mm512_set1_epi8(0x20)),
        .non_ascii = _mm512_movepi8_mask(chunk)};
}

AVX512 static struct cscan_string scan_avx512(const uint8_t *text, size_t from) { return scan(text, from, classify_avx512); }
#endif

#if defined(__aarch64__)
// One bit of each of 64 bytes that are all ones or all zeros.
ALWAYS_INLINE uint64_t bits(uint8x16_t first, uint8x16_t second, uint8x16_t third, uint8x16_t fourth) {
    const uint8x16_t weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t low = vpaddq_u8(vandq_u8(first, weights), vandq_u8(second, weights));
    uint8x16_t high = vpaddq_u8(vandq_u8(third, weights), vandq_u8(fourth, weights));
    uint8x16_t sums = vpaddq_u8(low, high);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)), 0);
}

ALWAYS_INLINE struct block classify_neon(const uint8_t *bytes) {
    uint8x16_t chunk[4], is_quote[4], is_backslash[4], is_control[4], is_non_ascii[4];
    for (int part = 0; part < 4; part++) {
        chunk[part] = vld1q_u8(bytes + 16 * part);
        is_quote[part] = vceqq_u8(chunk[part], vdupq_n_u8('"'));
        is_backslash[part] = vceqq_u8(chunk[part], vdupq_n_u8('\\'));
        is_control[part] = vcltq_u8(chunk[part], vdupq_n_u8(0x20));
        is_non_ascii[part] = vcgeq_u8(chunk[part], vdupq_n_u8(0x80));
    }
#define BITS(is) bits(is[0], is[1], is[2], is[3])
    return (struct block){
        .quote = BITS(is_quote), .backslash = BITS(is_backslash), .control = BITS(is_control),
        .non_ascii = BITS(is_non_ascii)};
#undef BITS
}

static struct cscan_string scan_neon(const uint8_t *text, size_t from) { return scan(text, from, classify_neon); }
#endif

typedef struct cscan_string string_kernel(const uint8_t *text, size_t from);

static string_kernel *kernel_of(enum cscan_variant variant) {
    switch (variant) {
    case CSCAN_PORTABLE: return scan_portable;
#if defined(__x86_64__)
    case CSCAN_SSE: return scan_sse;
    case CSCAN_AVX2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") ? scan_avx2 : NULL;
    case CSCAN_AVX512: return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("bmi2") ? scan_avx512 : NULL;
#elif defined(__aarch64__)
    case CSCAN_NEON: return scan_neon;
#endif
    default: return NULL;
    }
}

static string_kernel *best(void) {
    string_kernel *kernel = NULL;
    for (enum cscan_variant variant = CSCAN_VARIANTS; kernel == NULL;) kernel = kernel_of(--variant);
    return kernel;
}

struct cscan_string cscan_string_from(const uint8_t *text, size_t from) {
    // Whichever thread finds it out, the answer is the same.
    static _Atomic(string_kernel *) chosen;
    string_kernel *kernel = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (kernel == NULL) atomic_store_explicit(&chosen, kernel = best(), memory_order_relaxed);
    return kernel(text, from);
}

bool cscan_string_has(enum cscan_variant variant) { return kernel_of(variant) != NULL; }

struct cscan_string cscan_string_using(enum cscan_variant variant, const uint8_t *text) {
    return kernel_of(variant)(text, 0);
}
