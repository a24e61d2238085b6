// Includes upwards on purpose: check_layers.cmake must refuse this tree.
#include "store/database.h"
