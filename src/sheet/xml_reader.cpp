#include "sheet/xml_reader.h"

#include <expat.h>

#include <cstring>
#include <exception>
#include <memory>

#include "base/problem.h"

namespace zw::sheet {

namespace {

constexpr int kDeepest = 200;

std::string_view LocalName(std::string_view name) {
    const size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

struct FreeParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser>;

// What expat's C callbacks share. Exceptions may not cross C code: they wait in `thrown`.
struct Reading {
    const std::string& part;
    const XmlEvents& events;
    XML_Parser parser = nullptr;
    int depth = 0;
    bool stopped = false;
    std::exception_ptr thrown;

    template <typename Call>
    void Guard(const Call& call) {
        if (stopped) {
            return;
        }
        try {
            if (!call()) {
                Stop();
            }
        } catch (...) {
            thrown = std::current_exception();
            Stop();
        }
    }
    void Stop() {
        stopped = true;
        XML_StopParser(parser, XML_FALSE);
    }
};

void XMLCALL OnStart(void* data, const char* name, const char** attributes) {
    auto& reading = *static_cast<Reading*>(data);
    reading.Guard([&] {
        if (++reading.depth > kDeepest) {
            throw Problem("file_hostile", {{"file", reading.part}, {"what", "nested too deep"}});
        }
        return reading.events.start(LocalName(name), XmlAttributes(attributes));
    });
}

void XMLCALL OnEnd(void* data, const char* name) {
    auto& reading = *static_cast<Reading*>(data);
    reading.Guard([&] {
        --reading.depth;
        return reading.events.end(LocalName(name));
    });
}

void XMLCALL OnText(void* data, const char* text, int length) {
    auto& reading = *static_cast<Reading*>(data);
    reading.Guard([&] {
        reading.events.text({text, static_cast<size_t>(length)});
        return true;
    });
}

void XMLCALL OnDoctype(void* data, const char*, const char*, const char*, int) {
    auto& reading = *static_cast<Reading*>(data);
    reading.Guard([&]() -> bool {
        throw Problem(
            "file_hostile", {{"file", reading.part}, {"what", "document type declaration"}}
        );
    });
}

}  // namespace

std::string_view XmlAttributes::Get(std::string_view name) const {
    for (const char** at = list_; at != nullptr && *at != nullptr; at += 2) {
        if (LocalName(at[0]) == name) {
            return at[1];
        }
    }
    return {};
}

bool XmlAttributes::Is(std::string_view name) const {
    const std::string_view value = Get(name);
    return value == "1" || value == "true";
}

void ReadXml(
    const std::string& part,
    const XmlEvents& events,
    const std::function<void(const std::function<bool(std::string_view)>&)>& source
) {
    const Parser parser(XML_ParserCreate(nullptr));
    if (!parser) {
        throw std::bad_alloc();
    }
    Reading reading{part, events, parser.get(), 0, false, nullptr};
    XML_SetUserData(parser.get(), &reading);
    XML_SetElementHandler(parser.get(), OnStart, OnEnd);
    XML_SetStartDoctypeDeclHandler(parser.get(), OnDoctype);
    if (events.text) {
        XML_SetCharacterDataHandler(parser.get(), OnText);
    }
    const auto feed = [&](std::string_view piece, bool last) {
        const XML_Status status =
            XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), last ? 1 : 0);
        if (reading.thrown) {
            std::rethrow_exception(reading.thrown);
        }
        if (status == XML_STATUS_ERROR && !reading.stopped) {
            throw Problem(
                "file_damaged",
                {{"file", part}, {"what", XML_ErrorString(XML_GetErrorCode(parser.get()))}}
            );
        }
        return !reading.stopped;
    };
    source([&](std::string_view piece) { return feed(piece, false); });
    if (!reading.stopped) {
        feed({}, true);
    }
}

}  // namespace zw::sheet
