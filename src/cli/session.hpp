#pragma once

#include <atomic>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "attest/base/limits.hpp"

namespace attest::cli {

/// Exit statuses of the specification.
enum Status : int { success = 0, refuted = 1, bad_input = 2, undecided = 3, internal_error = 4 };

/// The options that every command has.
struct SharedOptions {
    bool json = false;
    bool quiet = false;
    double timeout = 0;            ///< seconds; 0: none
    std::uint64_t memory_mib = 0;  ///< 0: three quarters of what the machine can give
    std::uint64_t seed = 0;
    unsigned threads = 1;
    std::string solver = "cadical";
};

/// One run of the program: what commands print goes through here, so that nothing is half-written and a full disk is
/// noticed.
class Session {
  public:
    explicit Session(const std::atomic<bool>* interrupted) : interrupted_(interrupted) {}

    SharedOptions options;

    /// From the options, counted from now.
    base::Limits limits() const;
    bool interrupted() const { return interrupted_->load(); }

    /// Text for stdout; not shown with --json.
    void print(const std::string& text);
    /// The one object of --json.
    void print_json(nlohmann::ordered_json object);
    /// A line on stderr for people: notes and warnings.
    void note(const std::string& text) const;
    /// What is being done now: one line that is overwritten, only where stderr is a terminal.
    void progress(const std::string& text);
    /// Writes out what was printed.
    /// Throws  InputError if stdout does not take it all.
    void flush();

  private:
    void clear_progress();

    const std::atomic<bool>* interrupted_;
    std::string out_;
    bool progress_shown_ = false;
};

}  // namespace attest::cli
