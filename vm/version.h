// The version of Coil, in one place.
#ifndef COIL_VM_VERSION_H
#define COIL_VM_VERSION_H

#define COIL_VERSION_TEXT "0.1.0"

#endif
