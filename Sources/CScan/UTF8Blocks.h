// UTF-8 in vectors (Keiser and Lemire, "Validating UTF-8 In Less Than One Instruction Per Byte"), once for all widths.
// Whoever includes it defines the
//
//   UTF8_RUN                       name of the function,
//   UTF8_TARGET                    attribute of its instruction set,
//   UTF8_VECTOR                    vector of uint8_t,
//   UTF8_REPEATED(...)             initializer of a vector that repeats 16 bytes,
//   UTF8_LOOKUP(table, indices)    entries of such a vector, for indices below 16,
//   UTF8_BEFORE(n, vector, last)   bytes n places before those of `vector`, the first n of them from the end of `last`,
//   UTF8_EXCESS(vector, bytes)     differences, 0 where they would be below,
//   UTF8_ANY(vector, bits)         truth of whether any of its bytes has any of these bits.

UTF8_TARGET static size_t UTF8_RUN(const uint8_t *text, size_t count) {
    // What is wrong with two bytes in a row shows in three of their half bytes. A table for each half tells the faults
    // that it leaves possible; a fault that all three leave possible is there.
    const UTF8_VECTOR by_first_high = UTF8_REPEATED(
        TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, BOTH_CONTINUE, BOTH_CONTINUE,
        BOTH_CONTINUE, BOTH_CONTINUE, TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE,
        TOO_SHORT | ABOVE_LAST | OVERLONG_4);
    const UTF8_VECTOR by_first_low = UTF8_REPEATED(
        ANY_LOW | OVERLONG_2 | OVERLONG_3 | OVERLONG_4, ANY_LOW | OVERLONG_2, ANY_LOW, ANY_LOW, ANY_LOW | ABOVE_LAST,
        ANY_LOW | ABOVE_ALL, ANY_LOW | ABOVE_ALL, ANY_LOW | ABOVE_ALL, ANY_LOW | ABOVE_ALL, ANY_LOW | ABOVE_ALL,
        ANY_LOW | ABOVE_ALL, ANY_LOW | ABOVE_ALL, ANY_LOW | ABOVE_ALL, ANY_LOW | ABOVE_ALL | SURROGATE,
        ANY_LOW | ABOVE_ALL, ANY_LOW | ABOVE_ALL);
    const UTF8_VECTOR by_second_high = UTF8_REPEATED(
        TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
        CONTINUES | OVERLONG_3 | OVERLONG_4, CONTINUES | OVERLONG_3 | ABOVE_LAST, CONTINUES | SURROGATE | ABOVE_LAST,
        CONTINUES | SURROGATE | ABOVE_LAST, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT);
    enum { WIDTH = sizeof(UTF8_VECTOR), VECTORS = 4, BLOCK = VECTORS * WIDTH };
    const UTF8_VECTOR highs = (UTF8_VECTOR){0} + 0x80;

    if (count < BLOCK) return utf8_portable(text, count);
    UTF8_VECTOR last = {0};
    for (size_t at = 0;; at += BLOCK) {
        uint8_t rest[BLOCK];
        const uint8_t *from = text + at;
        bool is_rest = count - at < BLOCK;
        if (is_rest) {
            // The zeros behind the text show a character that its end cuts off.
            memset(rest, 0, sizeof rest);
            from = memcpy(rest, from, count - at);
        }
        UTF8_VECTOR block[VECTORS];
        memcpy(block, from, sizeof block);
        // Behind ASCII, any ASCII will do for `last`, so it stays.
        if (UTF8_ANY(block[0] | block[1] | block[2] | block[3] | last, highs)) {
            UTF8_VECTOR faults = {0};
            for (int index = 0; index < VECTORS; index++) {
                UTF8_VECTOR now = block[index], before = UTF8_BEFORE(1, now, last);
                UTF8_VECTOR of_two = UTF8_LOOKUP(by_first_high, before >> 4) & UTF8_LOOKUP(by_first_low, before & 15) &
                    UTF8_LOOKUP(by_second_high, now >> 4);
                // Two that continue stand in a row where, and only where, a third or fourth byte of a character does.
                UTF8_VECTOR third = UTF8_EXCESS(UTF8_BEFORE(2, now, last), 0xE0 - 0x80);
                UTF8_VECTOR fourth = UTF8_EXCESS(UTF8_BEFORE(3, now, last), 0xF0 - 0x80);
                faults |= of_two ^ ((third | fourth) & BOTH_CONTINUE);
                last = now;
            }
            if (UTF8_ANY(faults, faults)) return utf8_fault(text, at, count);
        }
        if (is_rest) return count;
    }
}

#undef UTF8_RUN
#undef UTF8_TARGET
#undef UTF8_VECTOR
#undef UTF8_REPEATED
#undef UTF8_LOOKUP
#undef UTF8_BEFORE
#undef UTF8_EXCESS
#undef UTF8_ANY
