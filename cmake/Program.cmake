# build/zhenwu: src/main.cpp and the modules; the definitions and the built page are packed into it (see pack_assets.cpp).
