#ifndef CSCAN_UTF8_H
#define CSCAN_UTF8_H
#include <stdbool.h>
#include <stddef.h>

#include "CScanVariant.h"

// How many of the bytes at `text` stand before the first character that is not UTF-8; `count` when all are. As RFC 3629
// has it: no surrogates, nothing longer than it must be, nothing above U+10FFFF, no character cut off by the end.
size_t cscan_utf8_run(const void *text, size_t count);

// For tests: whether there is this variant here, and `cscan_utf8_run` by it. Only one that is there may be used.
bool cscan_utf8_has(enum cscan_variant variant);
size_t cscan_utf8_run_using(enum cscan_variant variant, const void *text, size_t count);
#endif
