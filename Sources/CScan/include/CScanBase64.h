#ifndef CSCAN_BASE64_H
#define CSCAN_BASE64_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CScanVariant.h"

// Decodes base64 (RFC 4648, section 4) up to the first group of four that is cut off or has a byte that is no symbol,
// padding included. Returns how many of the `count` bytes at `from` it took: a multiple of four, and three quarters of
// it are the bytes now at `to`.
//
// There must be room for three quarters of `count`; what was in it is lost, even beyond what was decoded. The room may
// be in the same memory as what is read when it does not begin behind it, and then what was not taken is still whole.
size_t cscan_base64_run(uint8_t *to, const uint8_t *from, size_t count);

// For tests: whether there is this variant here, and `cscan_base64_run` by it. Only one that is there may be used.
bool cscan_base64_has(enum cscan_variant variant);
size_t cscan_base64_run_using(enum cscan_variant variant, uint8_t *to, const uint8_t *from, size_t count);
#endif
