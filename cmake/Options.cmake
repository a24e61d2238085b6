option(ZW_SANITIZE "AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(ZW_TSAN "ThreadSanitizer" OFF)
option(ZW_FUZZ "libFuzzer targets (clang only)" OFF)

add_compile_options(-Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor -Wconversion -Wno-sign-conversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # gcc 12 reports uses of std::string and std::variant in its own headers that are not there.
  add_compile_options(-Wno-restrict -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-array-bounds -Wno-dangling-pointer
                      -Wno-stringop-overread -Wno-free-nonheap-object -Wno-mismatched-new-delete)
endif()
if(ZW_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(ZW_TSAN)
  add_compile_options(-fsanitize=thread)
  add_link_options(-fsanitize=thread)
endif()
