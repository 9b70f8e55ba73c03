#pragma once

#include <CLI/CLI.hpp>
#include <cstddef>
#include <optional>
#include <string>

#include "attest/base/share.hpp"
#include "jobs/job.hpp"
#include "session.hpp"

namespace attest::cli {

/// A search that can be split, as a command asks for it.
struct Splittable {
    std::string journal;  ///< the folder that all parts see; empty if none was named
    std::size_t units = 0;
    bool times_parts = false;  ///< --timeout is for each unit
    unsigned threads = 1;      ///< processors of a part, or parts at a time on this machine
};

/// Where the parts of a command run: its options, and what follows of them.
class Placement {
  public:
    /// `unit`: what the search falls into, `cubes`.
    void declare(CLI::App& app, const std::string& unit);

    /// Whether anything but threads was asked for.
    bool is_asked() const { return on_ != "threads"; }
    /// Has the parts run elsewhere if that was asked for, and waits for them. Gives the exit status where there is nothing more
    /// to do; nothing if this process does the work, its share of it, or the joining of what the parts left.
    /// Throws  UsageError where that cannot be
    std::optional<int> elsewhere(Session& session, const Splittable& search);
    /// What this process works on. Known once `elsewhere` was called.
    base::Share share() const { return share_; }
    bool is_part() const { return share_.part > 0 && !share_.is_whole(); }
    /// How many parts were asked for; 0 if nobody said.
    std::size_t parts() const { return parts_; }

    /// The end of a part: says how many of its units have a record. Gives the exit status.
    /// is_decided  whether the question is decided whatever other parts find
    int end_of_part(Session& session, const Splittable& search, bool is_decided) const;

  private:
    jobs::Job made(const Session& session, const Splittable& search) const;

    void refuse_what_others_read() const;

    std::string on_ = "threads";
    std::size_t parts_ = 0;
    jobs::Wanted wanted_;
    bool no_wait_ = false;
    base::Share share_;
};

/// Has others make what is missing of a job that nobody works on, by scripts that are written anew, and waits for them.
/// wait    else says only that it was submitted
/// Gives   nothing once there is what can be joined; else the exit status of one who does not wait
std::optional<int> make_missing(Session& session, jobs::Job job, bool wait);

/// Says how far a job is, where there is no answer. Gives the exit status.
int show_state(Session& session, const jobs::Job& job, const std::string& why);

}  // namespace attest::cli
