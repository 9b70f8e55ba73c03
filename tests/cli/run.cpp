#include "run.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace attest::tests {

namespace fs = std::filesystem;

Folder::Folder() {
    std::string pattern = (fs::temp_directory_path() / "attest-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for the test");
    path_ = pattern;
}

Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::string Folder::write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ + "/" + name, std::ios::binary | std::ios::trunc) << bytes;
    return name;
}

std::string Folder::read(const std::string& name) const {
    std::ifstream file(path_ + "/" + name, std::ios::binary);
    REQUIRE(file.good());
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> Folder::listing() const {
    for (;;) {
        try {
            std::vector<std::string> names;
            for (const auto& entry : fs::recursive_directory_iterator(path_))
                names.push_back(entry.path().lexically_relative(path_).string());
            std::sort(names.begin(), names.end());
            return names;
        } catch (const fs::filesystem_error&) {
            // A program that still runs took something away: look again.
        }
    }
}

json Run::object() const {
    INFO(out);
    REQUIRE(json::accept(out));
    json result = json::parse(out);
    REQUIRE(result.is_object());
    return result;
}

std::vector<std::string> Run::lines() const { return split(out, '\n'); }

bool Run::complains(const std::string& text) const {
    const bool one_line = std::count(err.begin(), err.end(), '\n') == 1 && err.back() == '\n';
    return out.empty() && one_line && err.rfind("attest: ", 0) == 0 && err.find(text) != std::string::npos;
}

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::stringstream stream(text);
    for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
    return parts;
}

namespace {

/// A file without a name, so that neither side waits for the other.
int memory_file(const std::string& bytes = {}) {
    const int fd = ::memfd_create("attest-test", 0);
    if (fd < 0 || ::write(fd, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
        throw std::runtime_error("no memory file for the test");
    ::lseek(fd, 0, SEEK_SET);
    return fd;
}

std::string all_of(int fd) {
    std::string bytes(static_cast<std::size_t>(std::max<off_t>(0, ::lseek(fd, 0, SEEK_END))), '\0');
    ::lseek(fd, 0, SEEK_SET);
    if (::read(fd, bytes.data(), bytes.size()) < 0) bytes.clear();
    ::close(fd);
    return bytes;
}

/// The child's side; does not return.
void become(const std::string& program, const std::vector<std::string>& arguments, const Setting& setting, int in,
            int out, int err) {
    ::dup2(in, STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    if (setting.longest_file > 0) {
        const rlimit limit{setting.longest_file, setting.longest_file};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    for (const auto& [name, value] : setting.environment) ::setenv(name.c_str(), value.c_str(), 1);
    std::vector<std::string> words{program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    if (::chdir(setting.folder.c_str()) == 0) ::execv(pointers[0], pointers.data());
    ::_exit(127);
}

/// Waits for the end, sends a signal on the way if asked to, and does not wait for ever.
int wait_for(pid_t child, const Setting& setting, int& ended_by) {
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    bool interrupted = !setting.interrupt_when, again = !setting.again_after;
    Clock::time_point interrupted_at;
    for (int status = 0;;) {
        if (::waitpid(child, &status, WNOHANG) == child) {
            ended_by = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
            return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        }
        if (!interrupted && setting.interrupt_when()) {
            ::kill(child, setting.signal);
            interrupted = true;
            interrupted_at = Clock::now();
        }
        if (interrupted && !again &&
            Clock::now() - interrupted_at > std::chrono::duration<double>(*setting.again_after)) {
            ::kill(child, setting.signal);
            again = true;
        }
        if (std::chrono::duration<double>(Clock::now() - start).count() > setting.timeout) {
            ::kill(child, SIGKILL);
            ::waitpid(child, &status, 0);
            return -1;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

}  // namespace

Run run(const std::string& program, const std::vector<std::string>& arguments, const Setting& setting) {
    const int in = memory_file(setting.input), err = memory_file();
    const int out = setting.out.empty() ? memory_file() : ::open(setting.out.c_str(), O_WRONLY);
    const pid_t child = ::fork();
    if (child == 0) become(program, arguments, setting, in, out, err);
    Run result;
    result.status = wait_for(child, setting, result.ended_by);
    ::close(in);
    result.out = all_of(out);
    result.err = all_of(err);
    return result;
}

Run run_attest(const std::vector<std::string>& arguments, const Setting& setting) {
    return run(ATTEST_PROGRAM, arguments, setting);
}

Run run_attest(const Folder& folder, const std::vector<std::string>& arguments) {
    Setting setting;
    setting.folder = folder.path();
    return run(ATTEST_PROGRAM, arguments, setting);
}

Run run_check(const Folder& folder, const std::vector<std::string>& arguments) {
    Setting setting;
    setting.folder = folder.path();
    return run(ATTEST_CHECK_PROGRAM, arguments, setting);
}

}  // namespace attest::tests
