#include "base/pinyin.h"

#include <unicode/translit.h>
#include <unicode/uscript.h>

#include "base/problem.h"
#include "base/text.h"

namespace zw {

struct Pinyin::Impl {
    std::unique_ptr<icu::Transliterator> sounds;
};

Pinyin::Pinyin() : impl_(std::make_unique<Impl>()) {
    UErrorCode error = U_ZERO_ERROR;
    impl_->sounds.reset(icu::Transliterator::createInstance(
        icu::UnicodeString::fromUTF8("Han-Latin; Latin-ASCII; Lower"), UTRANS_FORWARD, error
    ));
    if (U_FAILURE(error) != 0 || impl_->sounds == nullptr) {
        throw Problem("internal", {{"what", u_errorName(error)}});
    }
}

Pinyin::~Pinyin() = default;

std::string Pinyin::Initials(std::string_view text) const {
    const icu::UnicodeString all = icu::UnicodeString::fromUTF8(Normalise(text));
    icu::UnicodeString out;
    for (int32_t i = 0; i < all.length(); i = all.moveIndex32(i, 1)) {
        icu::UnicodeString one(all.char32At(i));
        UErrorCode error = U_ZERO_ERROR;
        if (uscript_getScript(all.char32At(i), &error) == USCRIPT_HAN) {
            impl_->sounds->transliterate(one);
            one.truncate(1);
        } else {
            one.toLower();
        }
        out += one;
    }
    std::string initials;
    return out.toUTF8String(initials);
}

}  // namespace zw
