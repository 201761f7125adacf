#ifndef CSCAN_H
#define CSCAN_H
// A few C kernels, each with a portable version, chosen at run time where processors differ.
#include "CScanBase64.h"
#include "CScanCRC32.h"
#include "CScanString.h"
#include "CScanUTF8.h"
#endif
