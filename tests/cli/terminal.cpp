#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "run.hpp"

// What is printed to a terminal, and to a reader that goes away.

using namespace attest::tests;

namespace {

/// What the program prints on stdout to a terminal of so many columns.
std::string on_terminal(const std::vector<std::string>& arguments, unsigned short columns) {
    int terminal = -1;
    const winsize size{25, columns, 0, 0};
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, &size);
    if (child == 0) {
        ::dup2(::open("/dev/null", O_WRONLY), STDERR_FILENO);
        std::vector<std::string> words{ATTEST_PROGRAM};
        words.insert(words.end(), arguments.begin(), arguments.end());
        std::vector<char*> pointers;
        for (std::string& word : words) pointers.push_back(word.data());
        pointers.push_back(nullptr);
        ::execv(pointers[0], pointers.data());
        ::_exit(127);
    }
    std::string text;
    char buffer[4096];
    for (ssize_t got; (got = ::read(terminal, buffer, sizeof buffer)) > 0;)
        text.append(buffer, static_cast<std::size_t>(got));
    ::close(terminal);
    ::waitpid(child, nullptr, 0);
    std::erase(text, '\r');
    return text;
}

std::size_t columns_of(const std::string& line) {
    return static_cast<std::size_t>(std::count_if(
        line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80; }));
}

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    for (const std::string& line : split(text, '\n'))
        for (const std::string& word : split(line, ' '))
            if (!word.empty()) words.push_back(word);
    return words;
}

/// The exit status of the program with a pipe as stdout whose reader has gone.
struct Alone {
    int status;
    std::string err;
};
Alone without_reader(const std::string& program, const std::vector<std::string>& arguments, const std::string& folder) {
    Setting setting;
    setting.folder = folder;
    std::vector<std::string> words = {"-c", R"(exec 3> >(exec true); wait $!; "$@" >&3; echo $? >&2)", "bash", program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    const Run result = run("/bin/bash", words, setting);
    REQUIRE(result.status == 0);
    const std::size_t line = result.err.rfind('\n', result.err.size() - 2);
    const std::size_t begin = line == std::string::npos ? 0 : line + 1;
    return {std::stoi(result.err.substr(begin)), result.err.substr(0, begin)};
}

}  // namespace

TEST_CASE("tables and help fold to the terminal, with every word; through a pipe they are one line a row", "[cli]") {
    const std::vector<std::vector<std::string>> calls = {{"--help"},
                                                         {"threshold", "--help"},
                                                         {"prove", "--help"},
                                                         {"measure", "--help"},
                                                         {"zoo", "list"},
                                                         {"languages"},
                                                         {"doctor"},
                                                         {"ledger", "list", "cc-*"},
                                                         {"measure", "--language", "majority", "--length", "5"},
                                                         {"influence", "zoo:chiang-cholak-parity", "--lengths", "4,8"}};
    for (const auto& call : calls) {
        const std::string piped = run_attest(call).out;
        const bool times = call.front() == "influence";
        for (const unsigned short columns : {80, 50, 132}) {
            const std::string folded = on_terminal(call, columns);
            CAPTURE(call, columns, folded);
            if (!times) CHECK(words_of(folded) == words_of(piped));
            for (const std::string& line : split(folded, '\n')) {
                const std::size_t start = std::min(line.find_first_not_of(' '), line.size());
                CHECK((columns_of(line) <= columns || line.find(' ', start) == std::string::npos));
            }
        }
    }
}

TEST_CASE("what fits a terminal, and what is for programs, is not folded", "[cli]") {
    for (const std::vector<std::string>& call :
         std::vector<std::vector<std::string>>{{"eval", "zoo:first", "--word", "10"},
                                               {"completion", "bash"},
                                               {"manual", "threshold"},
                                               {"cite", "hahn2020theoretical"},
                                               {"languages", "--json"},
                                               {"zoo", "export", "first"}}) {
        CAPTURE(call);
        CHECK(on_terminal(call, 40) == run_attest(call).out);
    }
}

TEST_CASE("examples fit 80 columns", "[cli]") {
    for (const std::string command :
         {"eval", "compile", "prove", "check", "measure", "restrict", "influence", "threshold", "report", "zoo",
          "languages", "doctor", "ledger", "cite", "completion", "manual"})
        for (const std::string& line : run_attest({command, "--help"}).lines())
            if (line.rfind("  attest ", 0) == 0) {
                CAPTURE(line);
                CHECK(columns_of(line) <= 80);
            }
}

TEST_CASE("a reader that goes away is no error, and the status is that of the work", "[cli]") {
    const Folder folder;
    REQUIRE(run_attest(folder, {"prove", "zoo:first", "--language", "first", "--length", "2", "--certificate", "c"})
                .status == 0);
    struct Call {
        std::vector<std::string> arguments;
        int status;
    };
    const std::vector<Call> calls = {{{"prove", "zoo:palindrome", "--language", "palindrome", "--length", "8"}, 0},
                                     {{"prove", "zoo:first", "--language", "last", "--length", "3"}, 1},
                                     {{"languages"}, 0},
                                     {{"zoo"}, 0},
                                     {{"--help"}, 0},
                                     {{"--version"}, 0},
                                     {{"prove", "--help"}, 0},
                                     {{"doctor"}, 0},
                                     {{"check", "c"}, 0},
                                     {{"eval", "zoo:first", "--word", "1"}, 0},
                                     {{"cite", "--list"}, 0},
                                     {{"completion", "bash"}, 0},
                                     {{"manual"}, 0},
                                     {{"ledger", "list"}, 0},
                                     {{"measure", "--language", "parity", "--length", "3"}, 0},
                                     {{"restrict", "zoo:first", "--length", "3"}, 0},
                                     {{"compile", "zoo:first", "--length", "3"}, 0},
                                     {{"report", "c", "-o", "p.html"}, 0},
                                     {{"influence", "zoo:chiang-cholak-parity", "--lengths", "4"}, 0},
                                     {{"threshold", "first", "--to", "1"}, 0}};
    for (Call call : calls) {
        for (const bool as_json : {false, true}) {
            if (as_json && call.arguments.front().front() == '-') continue;
            if (as_json) call.arguments.push_back("--json");
            const Alone alone = without_reader(ATTEST_PROGRAM, call.arguments, folder.path());
            CAPTURE(call.arguments, alone.err);
            CHECK(alone.status == call.status);
            CHECK(alone.err.empty());
        }
    }
    for (const std::vector<std::string>& arguments :
         std::vector<std::vector<std::string>>{{"c"}, {"c", "c", "c"}, {"--json", "c"}, {"--help"}}) {
        const Alone alone = without_reader(ATTEST_CHECK_PROGRAM, arguments, folder.path());
        CAPTURE(arguments, alone.err);
        CHECK(alone.status == 0);
        CHECK(alone.err.empty());
    }
}
