# The one program: build/<preset>/zhenwu. `make build` links build/zhenwu to the release one.
if(EXISTS "${CMAKE_SOURCE_DIR}/src/main.cpp")
  add_executable(zhenwu "${CMAKE_SOURCE_DIR}/src/main.cpp")
  target_link_libraries(zhenwu PRIVATE zw_cli)
endif()
