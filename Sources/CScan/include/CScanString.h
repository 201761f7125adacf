#ifndef CSCAN_STRING_H
#define CSCAN_STRING_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "CScanVariant.h"

// The kernels read whole blocks, so a text must be followed by this many readable bytes, all zero.
#define CSCAN_PADDING_BYTES 64

// A JSON string (RFC 8259, section 7) from just after its opening quote.
struct cscan_string {
    // Up to the closing quote. Where the string is not closed, up to somewhere before or at what is wrong.
    size_t count;
    // How many bytes shorter the text is in UTF-8 once it is unescaped. A lone surrogate becomes three bytes.
    uint32_t saved;
    // False when a control character or the text's end comes first, or something that is no escape.
    bool is_closed;
    // Some byte is 128 or more: whether it is UTF-8 is for somebody else to say.
    bool has_non_ascii;
};

// Scans with the fastest kernel of this machine. The first `from` bytes are known to be plain ASCII.
struct cscan_string cscan_string_from(const uint8_t *text, size_t from);

// For tests: whether there is this variant here, and the same by it. Only one that is there may be used.
bool cscan_string_has(enum cscan_variant variant);
struct cscan_string cscan_string_using(enum cscan_variant variant, const uint8_t *text);

// Scans the string at `text`, which is followed by the padding.
//
// A string of plain ASCII, which most are, ends here. Only another one is worth a call.
static inline struct cscan_string cscan_string(const uint8_t *text) {
    size_t plain = 0;
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), space = _mm_set1_epi8(0x20);
    for (;; plain += 64) {
        uint64_t stops = 0;
        for (int part = 0; part < 64; part += 16) {
            __m128i bytes = _mm_loadu_si128((const __m128i *)(text + plain + part));
            // Compared as signed numbers, the bytes of 128 and more are below a space too.
            __m128i stop = _mm_or_si128(
                _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)),
                _mm_cmplt_epi8(bytes, space));
            stops |= (uint64_t)(unsigned)_mm_movemask_epi8(stop) << part;
        }
        if (stops == 0) continue;
        size_t count = plain + (size_t)__builtin_ctzll(stops);
        if (text[count] != '"') break;
        return (struct cscan_string){.count = count, .is_closed = true};
    }
#endif
    return cscan_string_from(text, plain);
}
#endif
