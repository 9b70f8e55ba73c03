#pragma once

#include <sys/types.h>
#include <unistd.h>

#include <map>
#include <mutex>
#include <set>
#include <string>

namespace attest::base {

/// The temporary files and directories of this process that are neither finished nor removed. There is one
/// file system, so there is one list of what we have begun in it.
///
/// What makes a path, gives it its final name or takes it off the list does so under the lock: then whoever
/// ends the process finds each path either on the list or finished.
class Unfinished {
  public:
    static Unfinished& list();

    std::unique_lock<std::timed_mutex> lock() { return std::unique_lock(mutex_); }
    void add(const std::string& path) { paths_[path] = ::getpid(); }                      ///< under the lock
    void finished(const std::string& path) { paths_.erase(path), scratch_.erase(path); }  ///< under the lock
    void remove_all() noexcept;                                                           ///< locks, and stays locked

    /// A directory of the list that is never to be kept, so that nothing in it need outlast a power failure.
    void add_scratch(const std::string& path) { add(path), scratch_.insert(path); }     ///< under the lock
    bool is_scratch(const std::string& path) const { return scratch_.contains(path); }  ///< under the lock

  private:
    std::timed_mutex mutex_;
    std::set<std::string> scratch_;
    std::map<std::string, pid_t> paths_;  ///< and who began it: a child has the list of its parent
};

/// Removes the temporary files and directories that this process has begun and neither finished nor removed.
/// For a program that ends without waiting for its threads: whoever begins or finishes a file from then on
/// waits for ever, so that nothing new is left behind. Needs   that the process ends soon after
void remove_unfinished() noexcept;

}  // namespace attest::base
