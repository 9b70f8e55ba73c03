#include "base/journal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <sstream>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"

namespace attest::base {

namespace {

[[noreturn]] void fail(const std::string& path) {
    throw InputError(path, std::string("cannot write: ") + std::strerror(errno));
}

/// A file that is there stays as it is.
std::string begun(const std::string& path, const Journal::Head& head) {
    if (!std::filesystem::exists(path)) write_file(path, head.line + "\n");
    return path;
}

}  // namespace

Journal::Journal(std::string path) : path_(std::move(path)) {
    if (std::filesystem::exists(path_)) {
        const std::string text = read_file(path_);
        whole_ = text.rfind('\n') + 1;
        torn_ = whole_ < text.size();
        std::istringstream lines(text.substr(0, whole_));
        for (std::string line; std::getline(lines, line);) earlier_.push_back(line);
    }
    file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (file_ < 0) fail(path_);
}

Journal::Journal(const std::string& path, const Head& head) : Journal(begun(path, head)) {
    if (earlier_.empty() || earlier_.front() != head.line) throw InputError(path, head.expected, "something else");
    earlier_.erase(earlier_.begin());
}

Journal::~Journal() {
    if (file_ >= 0) ::close(file_);
}

void Journal::append(std::string record) {
    if (torn_ && ::ftruncate(file_, static_cast<off_t>(whole_)) != 0) fail(path_);
    torn_ = false;
    record += '\n';
    if (::write(file_, record.data(), record.size()) != static_cast<ssize_t>(record.size()) || ::fsync(file_) != 0)
        fail(path_);
}

}  // namespace attest::base
