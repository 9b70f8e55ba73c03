#pragma once

#include <csignal>
#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace attest::tests {

using nlohmann::json;

/// A folder of its own for one test case, with what is needed to fill it and to look at it.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    const std::string& path() const { return path_; }
    std::string operator/(const std::string& name) const { return path_ + "/" + name; }
    /// Writes a file, and gives its name.
    std::string write(const std::string& name, const std::string& bytes) const;
    std::string read(const std::string& name) const;
    /// All files and folders in it, in order.
    std::vector<std::string> listing() const;

  private:
    std::string path_;
};

/// What became of a program that was run.
struct Run {
    int status = -1;   ///< exit status; -1 if a signal ended it or it took too long
    int ended_by = 0;  ///< the signal that ended it, if one did
    std::string out, err;

    /// The one JSON object that stdout must be.
    json object() const;
    std::vector<std::string> lines() const;  ///< of stdout
    bool has(const std::string& text) const { return out.find(text) != std::string::npos; }
    /// Whether stderr is one line that starts with `attest: ` and holds the text, and stdout is empty.
    bool complains(const std::string& text) const;
};

/// How to run it.
struct Setting {
    std::string folder = "/";  ///< to start in
    std::string input;         ///< on stdin
    std::map<std::string, std::string> environment;
    std::string out;                       ///< path to send stdout to, if any
    double timeout = 120;                  ///< seconds
    std::function<bool()> interrupt_when;  ///< sends the signal once this holds
    int signal = SIGINT;                   ///< Ctrl-C
    std::optional<double> again_after;     ///< sends the signal once more, so many seconds later
    std::uint64_t longest_file = 0;        ///< bytes that it may write to one file; 0: any
};

Run run(const std::string& program, const std::vector<std::string>& arguments, const Setting& setting = {});
Run run_attest(const std::vector<std::string>& arguments, const Setting& setting = {});
Run run_attest(const Folder& folder, const std::vector<std::string>& arguments);
Run run_check(const Folder& folder, const std::vector<std::string>& arguments);

std::vector<std::string> split(const std::string& text, char separator);

}  // namespace attest::tests
