#pragma once
// A streaming XML parser for the parts of an office file: events with local names (prefixes
// dropped). Document types, and with them entity bombs, are refused.

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zw::sheet {

class XmlAttributes {
public:
    explicit XmlAttributes(const char** list) : list_(list) {}
    // By local name ("id" finds r:id); empty when absent. Valid during the event only.
    std::string_view Get(std::string_view name) const;
    bool Is(std::string_view name) const;  // true for "1" and "true"

private:
    const char** list_;
};

// Return false from start or end to stop reading.
struct XmlEvents {
    std::function<bool(std::string_view name, const XmlAttributes&)> start;
    std::function<bool(std::string_view name)> end;
    std::function<void(std::string_view)> text;  // may be absent; may come in pieces
};

// Feeds pieces from `source` (which is given a function to call per piece) to a parser. What events
// throw comes out of here. Throws Problem "file_damaged" (not well formed) and "file_hostile"
// (document type, nested too deep), naming `part`.
void ReadXml(
    const std::string& part,
    const XmlEvents& events,
    const std::function<void(const std::function<bool(std::string_view)>&)>& source
);

}  // namespace zw::sheet
