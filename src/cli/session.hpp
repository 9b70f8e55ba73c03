#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/verdict/verdict.hpp"
#include "printed.hpp"

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

/// One run of the program: what commands print goes through here, so that nothing is half-written, a full disk is noticed,
/// and a command that is ended from outside still says what it had.
class Session {
  public:
    explicit Session(const std::atomic<bool>* interrupted) : interrupted_(interrupted) {}

    SharedOptions options;
    std::vector<std::string> words;  ///< of the command line, after the program's name

    /// From the options, counted from the start of the program.
    base::Limits limits() const;
    bool interrupted() const { return interrupted_->load(); }
    /// Since the start of the program.
    double seconds() const;

    /// Text for people on stdout; not shown with --json, and folded to the width of a terminal.
    void print(const std::string& text);
    /// Text for programs on stdout, such as a script: the same, but never folded.
    void print_verbatim(const std::string& text);
    /// The one object of --json; the last that a command prints, also where only its text is shown.
    void print_json(nlohmann::ordered_json object);
    /// What `show` prints is what the command has to say if it is ended before it prints: until the next draft. Called as
    /// often as there is something new; calls that come too soon for what they cost are left out.
    void draft(const std::function<void()>& show);
    /// The same, but made at the end, when the reason and the time are known: at most once, by any thread, so `show` owns what
    /// it reads and locks what others write. In place of drafts.
    void when_ended(std::function<void(const verdict::Undecided&)> show);
    /// A line on stderr for people: notes and warnings.
    void note(const std::string& text) const;
    /// What is being done now: one line that is overwritten, with the time so far, only where stderr is a terminal.
    void progress(const std::string& text);
    /// Brings the time in that line up to date. May be called by another thread.
    void tick();
    /// Writes out what was printed. A reader that went away, as `head` does, is no error.
    /// Throws  InputError if stdout does not take it all.
    void flush();

    /// For a command of this name that is ended: writes the draft, or what it printed, and one line why it goes no further.
    /// May be called by another thread.
    void last_words(const std::string& command, base::Limit why);
    /// The same for a command that finds that it cannot answer.
    void last_words(const std::string& command, const verdict::Undecided& why);

  private:
    void add(const std::string& text, bool folds);
    void show_progress();
    void clear_progress() const;
    nlohmann::ordered_json stopped(const std::string& command, const verdict::Undecided& why) const;

    const std::atomic<bool>* interrupted_;
    const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    struct Draft {
        Printed text;
        nlohmann::ordered_json object;
    };

    mutable std::timed_mutex mutex_;  ///< of what follows
    Printed out_;
    Draft draft_;
    std::optional<Draft> making_;                         ///< the next
    std::chrono::steady_clock::time_point next_draft_{};  ///< not before
    std::function<void(const verdict::Undecided&)> when_ended_;
    bool has_printed_ = false;  ///< the command has said all: its text, or the one object
    std::string phase_;         ///< what is being done
    mutable bool progress_shown_ = false;
    std::int64_t second_shown_ = -1;
};

}  // namespace attest::cli
