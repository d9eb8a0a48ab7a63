import Measuring

/// Everything that a process measures; the table in deploy/METRICS.md is this list.
enum MetricCatalog {
    static let families = traffic + ownership + coordination + process

    private static let traffic = [
        MetricFamily("viva_connections", .gauge, "Open connections of browsers."),
        MetricFamily("viva_joins_total", .counter, "Participants welcomed: new, or resumed."),
        MetricFamily("viva_refusals_total", .counter, "Connections refused, by code."),
        MetricFamily("viva_closes_total", .counter, "Connections closed, by reason."),
        MetricFamily("viva_proposals_total", .counter, "Proposals taken from browsers, by kind."),
        MetricFamily(
            "viva_rejections_total",
            .counter,
            "Proposals and joins refused by this process, by code."
        ),
        MetricFamily(
            "viva_commits_total",
            .counter,
            "Commits: written by an owner, passed on by a gateway."
        ),
        MetricFamily(
            "viva_fanout_receivers",
            .count,
            "Connections of a room that this gateway passed commits on to."
        ),
        MetricFamily(
            "viva_commit_latency_seconds",
            .seconds,
            "publish: a gateway's proposal until Redis has it. commit: an owner's message until it is "
                + "committed. delivery: a proposal until its commit is passed on."
        ),
        MetricFamily("viva_send_queue_bytes", .gauge, "Bytes that browsers have not taken yet."),
        MetricFamily(
            "viva_presence_dropped_total",
            .counter,
            "Selections not passed on to a browser that is slow to take what it is sent."
        ),
    ]

    private static let ownership = [
        MetricFamily("viva_rooms_followed", .gauge, "Rooms in which a gateway holds somebody."),
        MetricFamily("viva_rooms_owned", .gauge, "Rooms that an owner orders."),
        MetricFamily(
            "viva_owner_load",
            .gauge,
            "Rooms and commits a second of an owner: what owners even out."
        ),
        MetricFamily("viva_claims_total", .counter, "Rooms that an owner took over."),
        MetricFamily(
            "viva_rooms_handed_over_total",
            .counter,
            "Rooms that an owner gave to one that has less to do."
        ),
        MetricFamily(
            "viva_fenced_total",
            .counter,
            "Calls refused because a newer owner has the room."
        ),
        MetricFamily(
            "viva_failed_calls_total",
            .counter,
            "Calls of an owner whose outcome is unknown, or that Redis would not do."
        ),
        MetricFamily("viva_snapshots_total", .counter, "Snapshots written."),
        MetricFamily(
            "viva_gaps_filled_total",
            .counter,
            "Times a gateway read in the log what it may have missed."
        ),
        MetricFamily(
            "viva_silent_owners_total",
            .counter,
            "Times a gateway offered a room whose owner did not answer."
        ),
    ]

    private static let coordination = [
        MetricFamily("viva_redis_connected", .gauge, "1 while a connection to Redis stands."),
        MetricFamily("viva_redis_reconnects_total", .counter, "Connections to Redis made anew."),
        MetricFamily(
            "viva_redis_round_trip_seconds",
            .seconds,
            "A PING to Redis, once a second, behind whatever is under way."
        ),
        MetricFamily(
            "viva_event_loop_lag_seconds",
            .seconds,
            "How late the loop came to a timer, ten times a second."
        ),
    ]

    private static let process = [
        MetricFamily("viva_ready", .gauge, "1 while /api/ready says so."),
        MetricFamily(
            "viva_trace_spans_dropped_total",
            .counter,
            "Spans lost because their file could not be written, or not fast enough."
        ),
        MetricFamily("viva_build_info", .gauge, "1; the labels say what runs."),
        MetricFamily("process_cpu_seconds_total", .counter, "Processor time, user and system."),
        MetricFamily("process_resident_memory_bytes", .gauge, "Resident memory."),
        MetricFamily("process_start_time_seconds", .gauge, "When the process started, since 1970."),
        MetricFamily("process_open_fds", .gauge, "Open file descriptors."),
        MetricFamily("process_max_fds", .gauge, "File descriptors that may be open."),
    ]
}
