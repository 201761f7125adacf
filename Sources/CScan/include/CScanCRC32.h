#ifndef CSCAN_CRC32_H
#define CSCAN_CRC32_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CScanVariant.h"

// The CRC-32 of gzip (RFC 1952, section 8) of what `crc` is the sum of, followed by these bytes. Begin with 0.
uint32_t cscan_crc32(uint32_t crc, const void *bytes, size_t count);

// For tests: whether there is this variant here, and `cscan_crc32` by it. Only one that is there may be used.
bool cscan_crc32_has(enum cscan_variant variant);
uint32_t cscan_crc32_using(enum cscan_variant variant, uint32_t crc, const void *bytes, size_t count);
#endif
