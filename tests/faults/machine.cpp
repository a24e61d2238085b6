// A machine that goes wrong, for LD_PRELOAD under the program: tests/faults/machine.py.
//
// ZHENWU_MACHINE names a file whose lines say what is wrong now; no file: nothing.
// ZHENWU_MACHINE_FOLDER: only files below it are meant.
//
//   fsync          fsync and fdatasync fail with EIO, as on a disk that gives up
//   readonly       whatever writes fails with EROFS, as on a file system that was turned read-only
//   clock MILLIS   the time of day is that much later (earlier, when negative)

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <optional>
#include <string_view>

namespace {

using Text = std::array<char, PATH_MAX>;

template <typename Function>
Function* Next(Function* /*same*/, const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

// What follows `line`, "\n" and the beginning of a line of the file, as a number. By the kernel's
// own calls: what is interposed here would ask itself.
std::optional<long> Trouble(const char* line) {
    const char* path = std::getenv("ZHENWU_MACHINE");
    if (path == nullptr) {
        return std::nullopt;
    }
    const int kept = errno;
    const long file = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    Text text{'\n'};
    if (file >= 0) {
        syscall(SYS_read, file, text.data() + 1, text.size() - 2);
        syscall(SYS_close, file);
    }
    errno = kept;
    const char* found = std::strstr(text.data(), line);
    return found == nullptr ? std::nullopt : std::optional(std::atol(found + std::strlen(line)));
}

bool Meant(std::string_view path) {
    const char* folder = std::getenv("ZHENWU_MACHINE_FOLDER");
    return folder != nullptr && path.substr(0, std::strlen(folder)) == folder;
}

bool Meant(int file) {
    Text link;
    std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", file);
    Text path;
    const int kept = errno;
    const ssize_t size = readlink(link.data(), path.data(), path.size());
    errno = kept;
    return size > 0 && Meant({path.data(), static_cast<size_t>(size)});
}

int Fails(int why) {
    errno = why;
    return -1;
}

template <typename Where>
bool ReadOnly(Where where) {
    return Trouble("\nreadonly") && Meant(where);
}

long MillisLater() {
    return Trouble("\nclock ").value_or(0);
}

int Open(const char* name, const char* path, int flags, mode_t mode) {
    if ((flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) != 0 && ReadOnly(path)) {
        return Fails(EROFS);
    }
    return reinterpret_cast<int (*)(const char*, int, ...)>(dlsym(RTLD_NEXT, name)
    )(path, flags, mode);
}

mode_t ModeOf(int flags, va_list more) {
    return (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
}

}  // namespace

extern "C" {

int fsync(int file) {
    return Trouble("\nfsync") && Meant(file) ? Fails(EIO) : Next(&fsync, "fsync")(file);
}

int fdatasync(int file) {
    return Trouble("\nfsync") && Meant(file) ? Fails(EIO) : Next(&fdatasync, "fdatasync")(file);
}

ssize_t write(int file, const void* bytes, size_t size) {
    return ReadOnly(file) ? Fails(EROFS) : Next(&write, "write")(file, bytes, size);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
    return ReadOnly(file) ? Fails(EROFS) : Next(&pwrite, "pwrite")(file, bytes, size, at);
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
    return ReadOnly(file) ? Fails(EROFS) : Next(&pwrite64, "pwrite64")(file, bytes, size, at);
}

int ftruncate(int file, off_t size) noexcept {
    return ReadOnly(file) ? Fails(EROFS) : Next(&ftruncate, "ftruncate")(file, size);
}

int ftruncate64(int file, off64_t size) noexcept {
    return ReadOnly(file) ? Fails(EROFS) : Next(&ftruncate64, "ftruncate64")(file, size);
}

int open(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = ModeOf(flags, more);
    va_end(more);
    return Open("open", path, flags, mode);
}

int open64(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = ModeOf(flags, more);
    va_end(more);
    return Open("open64", path, flags, mode);
}

int rename(const char* from, const char* to) noexcept {
    return ReadOnly(to) ? Fails(EROFS) : Next(&rename, "rename")(from, to);
}

int unlink(const char* path) noexcept {
    return ReadOnly(path) ? Fails(EROFS) : Next(&unlink, "unlink")(path);
}

int clock_gettime(clockid_t clock, timespec* time) noexcept {
    const int code = Next(&clock_gettime, "clock_gettime")(clock, time);
    if (code == 0 && clock == CLOCK_REALTIME) {
        const long later = MillisLater();
        time->tv_sec += later / 1000;
        time->tv_nsec += later % 1000 * 1'000'000;
        if (time->tv_nsec < 0 || time->tv_nsec >= 1'000'000'000) {
            const long over = time->tv_nsec < 0 ? -1 : 1;
            time->tv_sec += over;
            time->tv_nsec -= over * 1'000'000'000;
        }
    }
    return code;
}

int gettimeofday(timeval* time, void* zone) noexcept {
    const int code = Next(&gettimeofday, "gettimeofday")(time, zone);
    if (code == 0) {
        time->tv_sec += MillisLater() / 1000;
    }
    return code;
}

time_t time(time_t* where) noexcept {
    const time_t now = Next(&time, "time")(nullptr) + MillisLater() / 1000;
    if (where != nullptr) {
        *where = now;
    }
    return now;
}
}
