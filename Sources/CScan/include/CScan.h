#ifndef CSCAN_H
#define CSCAN_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// The kernels read whole blocks, so a text must be followed by this many readable bytes, all zero.
#define CSCAN_PADDING_BYTES 64

// How many of the bytes at `text` may stand in a JSON string as they are, before the first that may not or that needs a
// closer look: a quote, a backslash, a control character (the zero of the padding is one) or a byte of 128 or more.
static inline size_t cscan_plain_run_portable(const uint8_t *text) {
    const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
    size_t at = 0;
    for (;; at += 8) {
        uint64_t word;
        memcpy(&word, text + at, 8);
        // A byte that is zero after the exclusive or borrows from its high bit. A borrow can also mark the byte above
        // it, so the marks only tell that a block has a stop; the loop below finds which byte is the first.
        uint64_t quote = word ^ (ones * '"'), backslash = word ^ (ones * '\\');
        uint64_t stops = (quote - ones) | (backslash - ones) | (word - ones * 0x20) | word;
        if (stops & highs) break;
    }
    while (text[at] >= 0x20 && text[at] < 0x80 && text[at] != '"' && text[at] != '\\') at++;
    return at;
}

static inline size_t cscan_plain_run(const uint8_t *text) {
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), space = _mm_set1_epi8(0x20);
    for (size_t at = 0;; at += 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(text + at));
        // Compared as signed numbers, the bytes of 128 and more are below a space too.
        __m128i stops = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, backslash)), _mm_cmplt_epi8(block, space));
        int mask = _mm_movemask_epi8(stops);
        if (mask != 0) return at + (size_t)__builtin_ctz((unsigned)mask);
    }
#else
    return cscan_plain_run_portable(text);
#endif
}
#endif
