#include "CAllocations.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

extern void *__libc_malloc(size_t bytes);
extern void *__libc_calloc(size_t count, size_t bytes);
extern void *__libc_realloc(void *block, size_t bytes);
extern void *__libc_memalign(size_t alignment, size_t bytes);
extern void __libc_free(void *block);

static atomic_bool counting;
static atomic_uint_fast64_t allocations, frees;

void callocations_start(void) {
    atomic_store(&allocations, 0);
    atomic_store(&frees, 0);
    atomic_store(&counting, true);
}

callocations_counts callocations_stop(void) {
    atomic_store(&counting, false);
    return (callocations_counts){atomic_load(&allocations), atomic_load(&frees)};
}

static inline void count(atomic_uint_fast64_t *calls) {
    if (atomic_load_explicit(&counting, memory_order_relaxed)) {
        atomic_fetch_add_explicit(calls, 1, memory_order_relaxed);
    }
}

void *malloc(size_t bytes) {
    count(&allocations);
    return __libc_malloc(bytes);
}

void *calloc(size_t elements, size_t bytes) {
    count(&allocations);
    return __libc_calloc(elements, bytes);
}

void *realloc(void *block, size_t bytes) {
    count(&allocations);
    return __libc_realloc(block, bytes);
}

void *reallocarray(void *block, size_t elements, size_t bytes) {
    size_t product;
    if (__builtin_mul_overflow(elements, bytes, &product)) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(block, product);
}

void *memalign(size_t alignment, size_t bytes) {
    count(&allocations);
    return __libc_memalign(alignment, bytes);
}

void *aligned_alloc(size_t alignment, size_t bytes) { return memalign(alignment, bytes); }

void *valloc(size_t bytes) { return memalign((size_t)sysconf(_SC_PAGESIZE), bytes); }

int posix_memalign(void **block, size_t alignment, size_t bytes) {
    if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
    void *memory = memalign(alignment, bytes);
    if (memory == NULL && bytes > 0) return ENOMEM;
    *block = memory;
    return 0;
}

void free(void *block) {
    if (block != NULL) count(&frees);
    __libc_free(block);
}
