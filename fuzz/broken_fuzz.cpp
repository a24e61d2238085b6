// links: base
// The deliberate fault: behind a word of three letters one byte is read past the end. The run of
// this target must end with a finding.
#include <cstddef>
#include <cstdint>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::vector<uint8_t> bytes(data, data + size);
    if (size >= 3 && bytes[0] == 'm' && bytes[1] == 'u' && bytes[2] == '!') {
        const volatile uint8_t* end = bytes.data() + size;
        static_cast<void>(*end);
    }
    return 0;
}
