#ifndef CALLOCATIONS_H
#define CALLOCATIONS_H
#include <stdint.h>

// Whoever links this has malloc, calloc, realloc, reallocarray, posix_memalign, aligned_alloc, memalign, valloc and free
// counted, of the Swift and C libraries too, and done by the GNU C library.

typedef struct {
    // Calls that give memory. A realloc is one.
    uint64_t allocations;
    // Calls of free with a block.
    uint64_t frees;
} callocations_counts;

// Counts from zero, the calls of all threads, until callocations_stop.
void callocations_start(void);
callocations_counts callocations_stop(void);
#endif
